package dev.ferry.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ferry.protocol.Bytes;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is a private key that signs, one that is protected, or none. */
class OpenSshKeyFuzzTest {
  private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----\n";
  private static final String END = "\n-----END OPENSSH PRIVATE KEY-----\n";

  static Stream<byte[]> keys() {
    String text = OpenSshKey.text(PrivateKey.generate(), "me");
    String base64 = text.substring(BEGIN.length(), text.length() - END.length());
    byte[] content = Base64.getMimeDecoder().decode(base64);
    String another = new String(content, ISO_8859_1);
    byte[] locked = another.replaceFirst("none", "aes2").getBytes(ISO_8859_1);
    return Stream.of(text.getBytes(UTF_8), content, locked);
  }

  @MethodSource
  @FuzzTest
  void keys(byte[] input) {
    parse(new String(input, UTF_8));
    parse(BEGIN + Base64.getEncoder().encodeToString(input) + END);
  }

  private static void parse(String text) {
    OpenSshKey key;
    try {
      key = OpenSshKey.parse(text);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).matches("(is|holds) [ -~]+");
      return;
    }
    if (key.seed() != null) {
      PrivateKey signer = new PrivateKey(key.seed(), key.publicKey());
      assertThat(signer.sign(Bytes.NONE).length()).isEqualTo(64);
      assertThat(OpenSshKey.parse(OpenSshKey.text(signer, "c"))).isEqualTo(key);
    }
  }
}
