package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFolderTest {
  @TempDir private Path folder;

  @Test
  void isWhereTheEnvironmentSays() {
    Map<String, String> home = Map.of("HOME", "/home/ann");
    Map<String, String> xdg = Map.of("HOME", "/home/ann", "XDG_CONFIG_HOME", "/etc/ann");
    Map<String, String> own = Map.of("XDG_CONFIG_HOME", "/etc/ann", "FERRY_CONFIG_DIR", "/f");
    assertThat(ConfigFolder.of(home)).isEqualTo(Path.of("/home/ann/.config/ferry"));
    assertThat(ConfigFolder.of(xdg)).isEqualTo(Path.of("/etc/ann/ferry"));
    assertThat(ConfigFolder.of(own)).isEqualTo(Path.of("/f"));
  }

  @Test
  void keepsFilesFromOtherEyes() throws IOException {
    Map<String, String> environment = Map.of("FERRY_CONFIG_DIR", folder + "/new/ferry");
    Path fresh = ConfigFolder.file(environment, "history");
    assertThat(permissions(fresh)).isEqualTo("rw-------");
    assertThat(permissions(fresh.getParent())).isEqualTo("rwx------");
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(permissions(ConfigFolder.file(environment, "history"))).isEqualTo("rw-------");
  }

  @Test
  void bothersNobodyWhereNothingCanBeMade() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(ConfigFolder.file(Map.of("FERRY_CONFIG_DIR", file + "/x"), "history"))
        .doesNotExist();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
