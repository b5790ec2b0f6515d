package dev.ferry.transfer.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is a public key or none, and any proof of the right length is for nobody. */
class KeyFuzzTest {
  private static final String LINE =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsR3sRmLDVVMHGbW8J1HHn3kSfzr2LXbJAcF0xTzAsj me";
  private static final int KEY_PROOF = 128;
  private static final int SHORTEST_REQUEST = 84;
  private static final int LONGEST_REQUEST = 148;

  static Stream<byte[]> keys() {
    PublicKey key = PublicKey.parse(LINE);
    Scram.Verifier verifier =
        new Scram.Verifier(
            Bytes.of(new byte[Scram.SALT_BYTES]), Scram.ITERATIONS, key.raw(), key.raw());
    return Stream.of(
        LINE.getBytes(UTF_8),
        key.blob().toArray(),
        new byte[KEY_PROOF],
        RegistrationRequest.encode(verifier, Bytes.of(new byte[20])).toArray());
  }

  @MethodSource
  @FuzzTest
  void keys(byte[] input) {
    line(new String(input, UTF_8));
    line("ssh-ed25519 " + Base64.getEncoder().encodeToString(input));
    blob(input);
    if (input.length == KEY_PROOF) {
      KeyProof proof = KeyProof.parse(Bytes.of(input));
      assertThat(proof.bytes()).isEqualTo(Bytes.of(input));
      assertThat(proof.isFor(Binding.NONE, "alice")).isFalse();
    }
    if (input.length >= SHORTEST_REQUEST && input.length <= LONGEST_REQUEST) {
      registration(Bytes.of(input));
    }
  }

  private static void line(String text) {
    try {
      PublicKey key = PublicKey.parse(text);
      assertThat(PublicKey.parse(key.text())).isEqualTo(key);
      assertThat(text.strip()).startsWith("ssh-ed25519");
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private static void blob(byte[] input) {
    try {
      assertThat(PublicKey.ofBlob(ByteBuffer.wrap(input)).blob()).isEqualTo(Bytes.of(input));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private static void registration(Bytes input) {
    try {
      RegistrationRequest request = RegistrationRequest.parse(input);
      assertThat(RegistrationRequest.encode(request.verifier(), request.invitation()))
          .isEqualTo(input);
    } catch (ProtocolException e) {
      assertThat(e).hasMessageContaining("spec 5.9");
    }
  }
}
