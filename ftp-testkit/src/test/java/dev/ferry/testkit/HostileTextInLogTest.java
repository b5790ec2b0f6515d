package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.Reason;
import dev.ferry.server.FerryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile texts that clients bring into the server's log as users, software, names and last words:
 * an event is one line, whatever they hold.
 */
class HostileTextInLogTest {
  private static final int KEY_BYTES = 128;

  /** Words and their values, each of which is bare or ends at the first quote that stands free. */
  private static final Pattern LINE =
      Pattern.compile("(?:(?:^| )[a-z-]+=(?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^\"= ]++))++");

  @TempDir private Path root;

  @Test
  void isInNoLineButItsOwn() throws IOException {
    List<String> texts = HostileText.all(500);
    List<String> log = new CopyOnWriteArrayList<>();
    try (FerryServer server =
        FerryServer.serving(root)
            .anonymous(Role.WRITER)
            .plaintext(true)
            .drain(Duration.ZERO)
            .log(log::add)
            .start()) {
      for (String text : texts) {
        play(server, hello(text).send(refusedLogin(text)).expect(FrameType.ERROR));
        play(server, hello("x").send(new Frame.Failure(new Reason(1, text), 255)));
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(log)
                      .filteredOn(line -> line.contains(" event=lost ") && line.contains("{"))
                      .hasSameSizeAs(texts));
    }
    assertThat(log)
        .allMatch(line -> line.startsWith("time=") && line.split(" event=", -1).length == 2)
        .allMatch(line -> LINE.matcher(line).matches());
    assertThat(log).allMatch(line -> Printable.text(line).replace("\\\\", "\\").equals(line));
  }

  private static void play(FerryServer server, Script script) throws IOException {
    try (ScriptedPeer client = ScriptedPeer.calling(server.endpoint(), script)) {
      client.finish();
    }
  }

  private static Script hello(String software) {
    Frame hello = new Frame.Hello(1, 1, atMost(software), List.of());
    return Script.begin().send(hello).expect(FrameType.HELLO);
  }

  private static String atMost(String software) {
    int characters = software.codePointCount(0, software.length());
    return software.substring(0, software.offsetByCodePoints(0, Math.min(12, characters)));
  }

  private static Frame refusedLogin(String user) {
    return new Frame.Login(Frame.Login.KEY, user, Bytes.of(new byte[KEY_BYTES]));
  }
}
