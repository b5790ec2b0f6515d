package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.FrameCodec;
import dev.ferry.protocol.WireVector.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever somebody says who was let in, it ends nothing but their own connection. */
class SessionAtServerFuzzTest {
  @TempDir Path temp;
  private FuzzedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FuzzedServer(temp, builder -> builder.anonymous(Role.WRITER));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  static Stream<byte[]> sessions() {
    return Stream.concat(FuzzSeeds.of(true, State.READY), FuzzSeeds.of(true, State.JOB));
  }

  @MethodSource
  @FuzzTest
  void sessions(byte[] said) throws IOException {
    server.reset();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    add(all, new Frame.Hello(1, 1, "fuzz/1", List.of()));
    add(all, Frame.Login.anonymous());
    all.writeBytes(said);
    try (RawConnection other = RawConnection.login(server.endpoint())) {
      List<Frame> answers = server.answers(all.toByteArray());
      assertThat(answers.stream().skip(2)).noneMatch(Frame.Greeting.class::isInstance);
      assertThat(other.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
    }
  }

  private static void add(ByteArrayOutputStream out, Frame frame) {
    ByteBuffer bytes = FrameCodec.encode(frame);
    while (bytes.hasRemaining()) {
      out.write(bytes.get());
    }
  }
}
