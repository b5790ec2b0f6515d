package dev.ferry.transfer.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Both halves of each login against the vectors in testdata/logins, which other code made. */
class LoginVectorsTest {
  private static final Binding ANOTHER_SERVER = new Binding(Scram.nonce());

  private record Vector(Map<String, String> fields) {
    static Vector read(String name) throws IOException {
      Path file = Path.of("..", "testdata", "logins", name);
      return new Vector(
          Files.readAllLines(file).stream()
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .map(line -> line.split(": ", 2))
              .collect(Collectors.toMap(field -> field[0], field -> field[1])));
    }

    String text(String name) {
      return fields.get(name);
    }

    Bytes bytes(String name) {
      return Bytes.of(HexFormat.of().parseHex(text(name)));
    }

    Binding binding() {
      return new Binding(bytes("binding"));
    }
  }

  @Test
  void password() throws IOException {
    Vector vector = Vector.read("password.txt");
    Bytes password = Scram.password(vector.text("password").toCharArray());
    Frame.Challenge challenge =
        new Frame.Challenge(vector.bytes("server nonce"), vector.bytes("salt"), 600_000);
    Bytes statement =
        Scram.statement(vector.binding(), "alice", vector.bytes("client nonce"), challenge);
    assertThat(statement).isEqualTo(vector.bytes("statement"));

    Scram.Keys keys = Scram.Keys.derive(password, challenge.salt(), 600_000);
    Scram.Verifier verifier = keys.verifier();
    assertThat(verifier.storedKey()).isEqualTo(vector.bytes("stored key"));
    assertThat(verifier.serverKey()).isEqualTo(vector.bytes("server key"));
    assertThat(keys.proof(statement)).isEqualTo(vector.bytes("proof"));
    assertThat(verifier.accepts(vector.bytes("proof"), statement)).isTrue();
    assertThat(verifier.signature(statement)).isEqualTo(vector.bytes("welcome proof"));

    Bytes elsewhere =
        Scram.statement(ANOTHER_SERVER, "alice", vector.bytes("client nonce"), challenge);
    assertThat(verifier.accepts(vector.bytes("proof"), elsewhere)).isFalse();
  }

  @Test
  void passwordHashedTooSeldomOrTooOften() {
    for (long iterations : new long[] {0, 99_999, 5_000_001, (1L << 32) - 1}) {
      Credential.Exchange login =
          new Credential.Password("alice", Bytes.of((byte) 'x')).begin(Binding.NONE);
      Frame.Challenge challenge = new Frame.Challenge(Scram.nonce(), Scram.nonce(), iterations);
      assertThatThrownBy(() -> login.answer(challenge)).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void serverThatDoesNotKnowThePassword() throws IOException {
    Credential.Exchange login =
        new Credential.Password("alice", Bytes.of((byte) 'x')).begin(Binding.NONE);
    login.answer(new Frame.Challenge(Scram.nonce(), Scram.nonce(), 100_000));
    assertThatThrownBy(() -> login.check(Scram.nonce())).isInstanceOf(ProofException.class);
    assertThatThrownBy(() -> login.check(Bytes.NONE)).isInstanceOf(ProofException.class);
  }

  @Test
  void key() throws IOException, GeneralSecurityException {
    Vector vector = Vector.read("key.txt");
    KeyProof proof = KeyProof.parse(vector.bytes("proof"));
    assertThat(proof.key()).isEqualTo(PublicKey.parse(vector.text("openssh") + " a comment"));
    assertThat(proof.key().raw()).isEqualTo(vector.bytes("public key"));
    assertThat(proof.key().text()).isEqualTo(vector.text("openssh"));
    assertThat(proof.isFor(vector.binding(), "alice")).isTrue();
    assertThat(proof.isFor(vector.binding(), "bob")).isFalse();
    assertThat(proof.isFor(ANOTHER_SERVER, "alice")).isFalse();

    KeyProof ours = KeyProof.make(signer(vector), vector.binding(), "alice");
    assertThat(KeyProof.parse(ours.bytes()).isFor(vector.binding(), "alice")).isTrue();
    assertThat(sign(vector, vector.bytes("statement"))).isEqualTo(vector.bytes("signature"));
  }

  private static Signer signer(Vector vector) {
    return new Signer() {
      @Override
      public PublicKey publicKey() {
        return new PublicKey(vector.bytes("public key"));
      }

      @Override
      public Bytes sign(Bytes message) throws IOException {
        try {
          return LoginVectorsTest.sign(vector, message);
        } catch (GeneralSecurityException e) {
          throw new IOException(e);
        }
      }
    };
  }

  private static Bytes sign(Vector vector, Bytes message) throws GeneralSecurityException {
    byte[] pkcs8 =
        HexFormat.of().parseHex("302e020100300506032b657004220420" + vector.text("private key"));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(
        KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    signature.update(message.toArray());
    return Bytes.of(signature.sign());
  }

  @Test
  void token() throws IOException {
    Vector vector = Vector.read("token.txt");
    Token token = Token.issue(vector.bytes("id"), vector.bytes("secret"));
    for (String caveat : vector.text("caveats").split(" ", -1)) {
      token = token.narrowed(Caveat.read(ByteBuffer.wrap(HexFormat.of().parseHex(caveat))));
    }
    assertThat(token.key()).isEqualTo(vector.bytes("key"));
    assertThat(token.text()).isEqualTo(vector.text("token"));
    assertThat(Token.parse(vector.text("token"))).isEqualTo(token);

    TokenProof proof = TokenProof.parse(vector.bytes("proof"));
    Token verified = proof.verified(vector.bytes("secret"), vector.binding());
    assertThat(verified).isEqualTo(token);
    assertThat(proof.signature(verified, vector.binding()))
        .isEqualTo(vector.bytes("welcome proof"));
    assertThat(proof.verified(vector.bytes("secret"), ANOTHER_SERVER)).isNull();
    assertThat(proof.verified(Token.newSecret(), vector.binding())).isNull();

    Grant grant = Grant.of(verified, vector.bytes("secret"));
    assertThat(grant.role()).isEqualTo(Role.READER);
    assertThat(grant.path()).hasToString("/releases/1.0");
    assertThat(grant.until()).isEqualTo(Instant.ofEpochSecond(1_900_000_000));
    assertThat(grant.budgets()).extracting(Grant.Budget::most).containsExactly(10L << 30);
  }

  /** Whoever takes a caveat away has no key for what is left. */
  @Test
  void tokenWithACaveatLess() throws IOException {
    Vector vector = Vector.read("token.txt");
    Token token = Token.parse(vector.text("token"));
    Token wider =
        new Token(token.id(), token.caveats().subList(0, token.caveats().size() - 1), token.key());
    TokenProof proof = TokenProof.parse(TokenProof.make(wider, vector.binding()).bytes());
    assertThat(proof.verified(vector.bytes("secret"), vector.binding())).isNull();
  }

  @Test
  void tokenThatForbidsSomethingUnknown() throws IOException {
    Bytes proof =
        Bytes.of(HexFormat.of().parseHex("010102030405060708" + "090000" + "00".repeat(64)));
    assertThatThrownBy(() -> TokenProof.parse(proof))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("does not know");
  }

  @Test
  void anythingCutOffIsNoToken() throws IOException {
    String text = Vector.read("token.txt").text("token");
    for (int length = 0; length < text.length(); length++) {
      String cut = text.substring(0, length);
      assertThat(cut).satisfiesAnyOf(LoginVectorsTest::isRefused, LoginVectorsTest::isAnother);
    }
  }

  private static void isRefused(String text) {
    assertThatThrownBy(() -> Token.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .satisfies(message -> assertThat(text.length() > 12 && message.contains(text)).isFalse());
  }

  /** A cut may fall between two caveats; then the key is wrong. */
  private static void isAnother(String text) throws IOException {
    Vector vector = Vector.read("token.txt");
    TokenProof proof =
        TokenProof.parse(TokenProof.make(Token.parse(text), vector.binding()).bytes());
    assertThat(proof.verified(vector.bytes("secret"), vector.binding())).isNull();
  }
}
