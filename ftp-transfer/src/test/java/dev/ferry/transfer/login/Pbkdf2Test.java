package dev.ferry.transfer.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ferry.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Pbkdf2Test {
  /** RFC 7914, section 11: the first half of each result. */
  @ParameterizedTest
  @CsvSource({
    "passwd, salt, 1, 55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc",
    "Password, NaCl, 80000, 4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
  })
  void vectors(String password, String salt, int iterations, String expected) {
    assertThat(Pbkdf2.inJava(text(password), text(salt), iterations)).hasToString(expected);
    assertThat(Pbkdf2.derive(text(password), text(salt), iterations)).hasToString(expected);
    assertThat(openSsl().derive(text(password), text(salt), iterations)).hasToString(expected);
  }

  /** Keys up to a block of the hash are taken as they are, longer ones are hashed first. */
  @ParameterizedTest
  @CsvSource({"1, 1", "63, 16", "64, 16", "65, 16", "1024, 255"})
  void bothWaysAreEqual(int passwordBytes, int saltBytes) {
    Bytes password = Digests.random(passwordBytes);
    Bytes salt = Digests.random(saltBytes);
    assertThat(openSsl().derive(password, salt, 1_000))
        .as("password %s, salt %s", password, salt)
        .isEqualTo(Pbkdf2.inJava(password, salt, 1_000));
  }

  @Test
  void systemWithoutTheLibraryHasNone() {
    assertThat(OpenSsl.find(List.of("libcrypto.so.there-is-none"))).isNull();
    assertThat(OpenSsl.find(List.of("libc.so.6"))).isNull();
  }

  private static OpenSsl openSsl() {
    OpenSsl library = OpenSsl.find();
    assumeTrue(library != null, "OpenSSL's libcrypto is not installed");
    return library;
  }

  private static Bytes text(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
