package dev.ferry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.Bytes;
import dev.ferry.transfer.login.PublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
  private static final Bytes MESSAGE = Bytes.of("anything".getBytes(StandardCharsets.UTF_8));

  @TempDir Path temp;
  private Path file;

  @BeforeEach
  void name() {
    file = temp.resolve("keys/id_ed25519");
  }

  private PublicKey written() throws IOException {
    PrivateKey key = PrivateKey.generate();
    KeyFiles.write(file, key, "ferry", false);
    return key.publicKey();
  }

  private void refused(String why) {
    assertThatThrownBy(() -> KeyFiles.read(file))
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why);
  }

  @Test
  void whatIsWrittenIsReadAndSigns() throws IOException {
    PublicKey key = written();
    PrivateKey read = KeyFiles.read(file);
    assertThat(read.publicKey()).isEqualTo(key);
    assertThat(key.verifies(MESSAGE, read.sign(MESSAGE))).isTrue();
    assertThat(PublicKey.parse(Files.readString(KeyFiles.publicHalf(file)))).isEqualTo(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void opensshReadsWhatIsWritten() throws IOException {
    OpenSsh.assume();
    PublicKey key = written();
    assertThat(OpenSsh.run(List.of(), "ssh-keygen", "-y", "-f", file.toString()))
        .isEqualTo(KeyFiles.line(key, "ferry"));
    assertThat(
            OpenSsh.run(List.of(), "ssh-keygen", "-l", "-f", KeyFiles.publicHalf(file).toString()))
        .isEqualTo("256 " + key.fingerprint() + " ferry (ED25519)");
  }

  @Test
  void whatOpensshWritesIsRead() throws IOException {
    OpenSsh.assume();
    Files.createDirectory(file.getParent());
    OpenSsh.makeKey(file, "ed25519", "");
    PrivateKey read = KeyFiles.read(file);
    PublicKey key = PublicKey.parse(Files.readString(KeyFiles.publicHalf(file)));
    assertThat(read.publicKey()).isEqualTo(key);
    assertThat(key.verifies(MESSAGE, read.sign(MESSAGE))).isTrue();
  }

  @Test
  void aPassphraseIsForTheAgent() throws IOException {
    OpenSsh.assume();
    Files.createDirectory(file.getParent());
    OpenSsh.makeKey(file, "ed25519", "a passphrase");
    refused("ssh-add " + file);
    PublicKey key = PublicKey.parse(Files.readString(KeyFiles.publicHalf(file)));
    assertThatThrownBy(() -> KeyFiles.read(file))
        .isInstanceOfSatisfying(
            ProtectedKeyException.class, e -> assertThat(e.key()).isEqualTo(key));
  }

  @Test
  void otherKindsAreRefused() throws IOException {
    OpenSsh.assume();
    Files.createDirectory(file.getParent());
    OpenSsh.makeKey(file, "ecdsa", "");
    refused("is no ssh-ed25519 key");
  }

  @Test
  void whatOthersMayReadIsRefused() throws IOException {
    written();
    for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      refused("chmod 600 " + file);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    KeyFiles.read(file);
  }

  @Test
  void nothingIsReplacedUnlessThatIsWanted() throws IOException {
    PublicKey first = written();
    assertThatThrownBy(this::written).isInstanceOf(FileAlreadyExistsException.class);
    Files.delete(file);
    assertThatThrownBy(this::written)
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage(KeyFiles.publicHalf(file).toString());
    assertThat(file).doesNotExist();
    PrivateKey second = PrivateKey.generate();
    KeyFiles.write(file, second, "ferry", true);
    assertThat(KeyFiles.read(file).publicKey()).isEqualTo(second.publicKey()).isNotEqualTo(first);
    try (Stream<Path> left = Files.list(file.getParent())) {
      assertThat(left).containsExactlyInAnyOrder(file, KeyFiles.publicHalf(file));
    }
  }

  @Test
  @Timeout(60)
  void whatIsNoKeyIsSaidToBeNone() throws Exception {
    assertThatThrownBy(() -> KeyFiles.read(file)).isInstanceOf(NoSuchFileException.class);
    written();
    KeyFiles.read(file);
    for (String text : List.of("", "hello", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n")) {
      Files.writeString(file, text);
      refused("is no private key of OpenSSH");
    }
    Files.writeString(file, "x".repeat(70_000));
    refused("is too long");
    Files.delete(file);
    Files.createDirectory(file);
    refused("is no file");
    Files.delete(file);
    OpenSsh.run(List.of(), "mkfifo", file.toString());
    refused("is no file");
  }

  /** Whatever is in the file, it is a key or it is said to be none. */
  @Test
  void damageIsFound() {
    PrivateKey key = PrivateKey.generate();
    String[] lines = OpenSshKey.text(key, "ferry").split("\n");
    byte[] bytes =
        Base64.getDecoder().decode(String.join("", Arrays.copyOfRange(lines, 1, lines.length - 1)));
    for (int length = 0; length < bytes.length - 16; length++) {
      assertThat(parse(Arrays.copyOf(bytes, length), lines)).as("cut to %d", length).isFalse();
    }
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] other = bytes.clone();
      other[random.nextInt(other.length)] = (byte) random.nextInt();
      parse(other, lines);
    }
    String text = OpenSshKey.text(key, "ferry");
    assertThatThrownBy(() -> OpenSshKey.parse(text.replace("END", "")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OpenSshKey.parse(text.replace(lines[1], "?" + lines[1])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean parse(byte[] bytes, String[] lines) {
    String text =
        lines[0]
            + "\n"
            + Base64.getEncoder().encodeToString(bytes)
            + "\n"
            + lines[lines.length - 1];
    try {
      OpenSshKey.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).contains("; ").doesNotContain(text.substring(40, 60));
      return false;
    }
  }

  @Test
  void keysAreNotPrinted() {
    PrivateKey key = PrivateKey.generate();
    String text = OpenSshKey.text(key, "ferry");
    assertThat(key.toString() + OpenSshKey.parse(text)).doesNotContain(key.seed().toString());
  }
}
