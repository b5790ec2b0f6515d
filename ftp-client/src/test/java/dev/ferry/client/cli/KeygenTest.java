package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.KeyFiles;
import dev.ferry.client.cli.Program.Result;
import dev.ferry.transfer.login.PublicKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeygenTest {
  @TempDir Path temp;

  private Result ferry(String... arguments) {
    return Program.in(temp)
        .run(Map.of("FERRY_CONFIG_DIR", temp.resolve("config").toString()), arguments);
  }

  @Test
  void makesAKeyWhereFerryLooksForOneAndSaysWhatToDoWithIt() throws IOException {
    Result result = ferry("keygen");
    assertThat(result.code()).isEqualTo(ExitCode.OK);
    Path file = temp.resolve("config/id_ed25519");
    PublicKey key = KeyFiles.read(file).publicKey();
    assertThat(result.out()).isEqualTo(key.text() + " ferry\n");
    assertThat(KeyFiles.publicHalf(file)).hasContent(result.out());
    assertThat(result.err())
        .contains(file.toString(), "ferryd user key NAME --add", "ferry ferry://NAME@HOST/");
  }

  @Test
  void makesOneElsewhereToo() throws IOException {
    Result result = ferry("keygen", "mine");
    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).startsWith(KeyFiles.read(temp.resolve("mine")).publicKey().text());
    assertThat(result.err()).contains("ferry -i " + temp.resolve("mine") + " ferry://");
  }

  @Test
  void leavesTheOldOneUnlessForced() throws IOException {
    String first = ferry("keygen", "mine").out();
    Result again = ferry("keygen", "mine");
    assertThat(again.code()).isEqualTo(ExitCode.LOCAL);
    assertThat(again.message()).contains(temp.resolve("mine") + ": is there already; --force");
    assertThat(first).startsWith(KeyFiles.read(temp.resolve("mine")).publicKey().text());
    String second = ferry("keygen", "--force", "mine").out();
    assertThat(second)
        .isNotEqualTo(first)
        .startsWith(KeyFiles.read(temp.resolve("mine")).publicKey().text());
  }
}
