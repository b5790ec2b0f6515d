package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ferry.client.ClientOptions;
import dev.ferry.client.FerryClient;
import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.WireVector.State;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.login.Token;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a server says, a client believes no server that does not know its password or token, and
 * works no longer for it than is agreed on.
 */
class LoginAtClientFuzzTest {
  private static final int CHALLENGE = 7;

  @TempDir Path temp;
  private final List<Credential> secrets =
      List.of(
          new Credential.Password("alice", Bytes.of((byte) 'x')),
          new Credential.ByToken(Token.issue(Token.newId(), Token.newSecret())));
  private FuzzingServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FuzzingServer(temp.resolve("s"));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  static Stream<byte[]> logins() {
    return FuzzSeeds.of(false, State.GREETING);
  }

  @MethodSource
  @FuzzTest
  void logins(byte[] said) {
    if (takesLong(said)) {
      return;
    }
    server.say(said);
    for (Credential secret : secrets) {
      assertThatThrownBy(() -> ping(secret))
          .isInstanceOf(IOException.class)
          .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
    }
  }

  private void ping(Credential secret) throws IOException {
    ClientOptions options = ClientOptions.withoutEncryption().with(secret);
    try (FerryClient client = FerryClient.connect(server.endpoint(), options)) {
      client.ping();
    }
  }

  /** Whether a challenge may ask for more hashing than there is time for here. */
  private static boolean takesLong(byte[] said) {
    for (int at = 0; at + 8 <= said.length; ) {
      int length = ByteBuffer.wrap(said).getInt(at);
      if (said[at + 4] == CHALLENGE) {
        return true;
      }
      if (length < 0 || length > said.length) {
        return false;
      }
      at += 8 + length;
    }
    return false;
  }
}
