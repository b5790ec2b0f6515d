package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.WireVector.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a stranger says, the server lets nobody in, and says so in frames. */
class LoginAtServerFuzzTest {
  @TempDir Path temp;
  private FuzzedServer server;

  @BeforeEach
  void start() throws IOException {
    KeyAccounts accounts = new KeyAccounts();
    accounts.add("alice", "/");
    server = new FuzzedServer(temp, builder -> builder.accounts(accounts));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  static Stream<byte[]> logins() {
    byte[] skippedBeforeHello = {0, 0, 0, 0, 127, 1, 0, 0};
    return Stream.concat(Stream.of(skippedBeforeHello), FuzzSeeds.of(true, State.GREETING));
  }

  @MethodSource
  @FuzzTest
  void logins(byte[] said) throws IOException {
    List<Frame> answers = server.answers(said);
    assertThat(answers).noneMatch(Frame.Welcome.class::isInstance);
    assertThat(answers.stream().skip(2)).isEmpty();
  }
}
