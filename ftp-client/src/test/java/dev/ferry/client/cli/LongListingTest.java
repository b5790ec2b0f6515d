package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Program.Result;
import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Frame.Item;
import dev.ferry.protocol.Frame.Kind;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.FrameCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listings of a server that has more names than anybody wants to keep in memory. */
class LongListingTest {
  private static final FileAttributes FILE = new FileAttributes(Kind.FILE, 5, 0, 0644);
  private static final int IN_A_FRAME = 1000;

  @TempDir private Path folder;
  private ServerSocket listener;
  private int frames;
  private String filling = "";
  private boolean ends = true;

  @BeforeEach
  void start() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void stop() throws IOException {
    listener.close();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        OutputStream out = socket.getOutputStream();
        write(out, new Frame.Hello(1, 1, "long", List.of()));
        write(out, new Frame.Welcome(Role.READER, "long", 900, Bytes.NONE));
        for (int frame = 0; frame < frames; frame++) {
          List<Item> items = new ArrayList<>();
          for (int i = 0; i < IN_A_FRAME; i++) {
            items.add(new Item(List.of(name(frame * IN_A_FRAME + i)), FILE, 0));
          }
          write(out, new Frame.Items(items));
        }
        if (ends) {
          write(out, new Frame.ListEnd((long) frames * IN_A_FRAME, 0));
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
      } catch (IOException _) {
        // The client has heard enough.
      }
    }
  }

  private static void write(OutputStream out, Frame frame) throws IOException {
    ByteBuffer bytes = FrameCodec.encode(frame);
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    out.write(copy);
  }

  /** The first ones come last when they are sorted. */
  private String name(int number) {
    return "%07d".formatted(9_999_999 - number) + filling;
  }

  private String[] ls(String... options) {
    List<String> words = new ArrayList<>(List.of("ls", "--plaintext"));
    words.addAll(List.of(options));
    words.add("ferry://127.0.0.1:" + listener.getLocalPort() + "/");
    return words.toArray(String[]::new);
  }

  @Test
  void isSortedUpToAHundredThousandNames() {
    frames = 100;
    Result result = Program.in(folder).run(ls());
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.err()).isEmpty();
    assertThat(result.lines()).hasSize(100_000).isSorted();
  }

  @Test
  void comesAsItIsBeyondThatWithANote() {
    frames = 102;
    Result result = Program.in(folder).run(ls());
    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.message())
        .isEqualTo("ferry ls: / holds too much to be sorted; it is listed as it comes");
    assertThat(result.lines()).hasSize(102_000).doesNotHaveDuplicates().endsWith(name(101_999));

    Result json = Program.in(folder).run(ls("--json"));
    assertThat(json.code()).isEqualTo(ExitCode.OK);
    assertThat(json.lines()).hasSize(102_001);
    assertThat(json.lines().getLast()).contains("\"done\":102000");
  }

  @Test
  void isNotBegunAnewOnceItWasPrinted() {
    frames = 102;
    ends = false;
    Result result = Program.in(folder).run(ls("-q"));
    assertThat(result.code()).isEqualTo(ExitCode.UNREACHABLE);
    // What was sent last may be lost with the connection.
    assertThat(result.lines()).hasSizeGreaterThan(100_000).doesNotHaveDuplicates();
  }

  @Test
  void takesNoMoreMemoryTheLongerItIs() throws IOException {
    frames = 400;
    filling = "x".repeat(240);
    for (String option : List.of("-l", "--json")) {
      ProcessBuilder ferry =
          new ProcessBuilder(Processes.command(ls(option))).directory(folder.toFile());
      ferry.environment().put("JDK_JAVA_OPTIONS", "-Xmx96m");
      Process process =
          ferry
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(Processes.exit(process)).isEqualTo(ExitCode.OK.number());
    }
  }

  @Test
  void isRefusedWhereEverythingHasToBeKept() {
    frames = 102;
    String[] words = ls();
    words[0] = "stat";
    words[words.length - 1] += "*";
    Result result = Program.in(folder).run(words);
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.message()).contains("use a narrower pattern");
  }
}
