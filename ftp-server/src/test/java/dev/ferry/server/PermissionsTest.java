package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.Frame.Overwrite;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reader may do (spec 5.2). */
class PermissionsTest {
  @TempDir Path root;
  private FerryServer server;
  private RawClient reader;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(root.resolve("file"), "hello");
    server = new ServerFixture().on(root).anonymous(Role.READER).start();
    reader = RawClient.connect(server);
    assertThat(reader.greet().role()).isEqualTo(Role.READER);
  }

  @AfterEach
  void stop() {
    reader.close();
    server.close();
  }

  static List<Frame> changes() {
    return List.of(
        new Frame.MakeFolder(false, List.of("new")),
        new Frame.MakeFolder(true, List.of("new", "deep")),
        new Frame.Remove(false, List.of("file")),
        new Frame.Remove(true, List.of("file")),
        new Frame.Rename(List.of("file"), List.of("new")));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void readerChangesNothing(Frame change) throws IOException {
    Frame reply = reader.ask(change);
    assertThat(reply)
        .isInstanceOfSatisfying(
            Frame.Failure.class,
            failure -> assertThat(failure.reason().is(ErrorCode.NO_PERMISSION)).isTrue());
    assertThat(root.resolve("file")).hasContent("hello");
    assertThat(root.resolve("new")).doesNotExist();
  }

  @Test
  void readerLooksAndSums() throws IOException {
    assertThat(reader.ask(new Frame.Stat(List.of("file")))).isInstanceOf(Frame.Attributes.class);
    assertThat(reader.ask(new Frame.Checksum(List.of("file")))).isInstanceOf(Frame.Sum.class);
    assertThat(reader.list(new Frame.ListFolder(false, false, false, List.of())).names())
        .containsExactly("file");
  }

  @Test
  void putOfAReaderIsAbortedAndTheConnectionGoesOn() throws IOException {
    reader.send(
        new Frame.Put(
            true, false, Overwrite.ALWAYS, Durability.FILE, List.of("new"), List.of("a")));
    assertThat(reader.read())
        .isInstanceOfSatisfying(
            Frame.Abort.class,
            abort -> assertThat(abort.reason().is(ErrorCode.NO_PERMISSION)).isTrue());
    reader.send(new Frame.Abort(new Reason(ErrorCode.CANCELLED, "all right")));
    assertThat(reader.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
    assertThat(root.resolve("new")).doesNotExist();
  }
}
