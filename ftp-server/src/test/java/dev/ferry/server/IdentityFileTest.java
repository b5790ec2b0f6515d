package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.transfer.tls.KeyFingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityFileTest {
  @TempDir Path temp;

  @Test
  void isMadeForItsOwnerOnly() throws IOException {
    Path state = temp.resolve("a/b");
    KeyFingerprint first = IdentityFile.in(state).fingerprint();
    assertThat(IdentityFile.in(state).fingerprint()).isEqualTo(first);
    assertThat(permissions(state)).isEqualTo("rwx------");
    assertThat(permissions(state.resolve("identity.pem"))).isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(state)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void ofManyThatMakeOneAtOnceAllGetTheSame() {
    List<KeyFingerprint> made =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(
                _ -> {
                  try {
                    return IdentityFile.in(temp.resolve("state")).fingerprint();
                  } catch (StartException e) {
                    throw new AssertionError(e);
                  }
                })
            .distinct()
            .toList();
    assertThat(made).hasSize(1);
  }

  @Test
  void garbageIsRefusedAndKept() throws IOException {
    Path file = Files.writeString(temp.resolve("identity.pem"), "nonsense");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> IdentityFile.in(temp))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("PRIVATE KEY");
    assertThat(file).hasContent("nonsense");
  }

  @Test
  void folderThatCannotBeMadeIsRefusedWithTheReason() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");
    assertThatThrownBy(() -> IdentityFile.in(file.resolve("a")))
        .hasMessageContaining("identity.pem: Not a directory: " + file.resolve("a"));
    assertThatThrownBy(() -> IdentityFile.in(file))
        .hasMessageContaining("identity.pem: " + file + " is in the way");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
