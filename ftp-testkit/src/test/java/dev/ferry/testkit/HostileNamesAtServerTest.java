package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.Printable;
import dev.ferry.server.FerryServer;
import dev.ferry.testkit.HostileName.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two thousand hostile names against everything at a server that takes a path (spec 4.1). Beside
 * the root lie trees that nothing may touch, one of them with a name that only begins like the
 * root's.
 */
class HostileNamesAtServerTest {
  private static final int COUNT = 2_000;
  private static final HostileName FILE = HostileName.of("kept-file");
  private static final HostileName FOLDER = HostileName.of("kept-folder");
  private static final List<HostileName> NAMES = HostileName.corpus(COUNT);

  @TempDir private Path temp;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private Map<String, String> outside;
  private Path root;
  private FerryServer server;
  private RawConnection client;

  @BeforeEach
  void start() throws IOException {
    Snapshot.plant(temp.resolve("outside"));
    Snapshot.plant(temp.resolve("rooted"));
    root = Files.createDirectories(temp.resolve("root"));
    Files.writeString(root.resolve("kept-file"), "content");
    Files.createDirectories(root.resolve("kept-folder"));
    outside = outside();
    server =
        FerryServer.serving(root)
            .anonymous(Role.WRITER)
            .plaintext(true)
            .durability(Frame.Durability.NONE)
            .drain(Duration.ZERO)
            .log(log::add)
            .start();
    client = RawConnection.login(server.endpoint());
  }

  private Map<String, String> outside() throws IOException {
    Map<String, String> found = Snapshot.of(temp);
    found
        .keySet()
        .removeIf(path -> path.isEmpty() || path.equals("root") || path.startsWith("root/"));
    return found;
  }

  @AfterEach
  void nothingHappenedOutsideAndNoLineOfTheLogIsForged() throws IOException {
    client.close();
    server.close();
    assertThat(outside()).isEqualTo(outside);
    try (Stream<Path> beside = Files.list(temp)) {
      assertThat(beside.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("root", "rooted", "outside");
    }
    assertThat(log)
        .allMatch(line -> line.startsWith("time="))
        .allMatch(line -> line.equals(printed(line)))
        .noneMatch(line -> line.contains("event=defect"));
  }

  /** A line as it is if nothing in it is raw; its own backslashes are escapes already. */
  private static String printed(String line) {
    return Printable.text(line.replace('\\', '/')).equals(line.replace('\\', '/'))
        ? line
        : "forged";
  }

  /** Everything that takes a path, and the frame that says it. */
  enum Operation {
    LIST,
    LIST_PATTERN,
    STAT,
    MAKE,
    MAKE_PARENTS,
    REMOVE,
    REMOVE_ALL,
    RENAME_FROM,
    RENAME_TO,
    CHECKSUM,
    GET,
    GET_PATTERN,
    PUT_TARGET,
    PUT_NAME;

    private RawFrame raw(HostileName... path) {
      return switch (this) {
        case LIST -> RawFrame.of(FrameType.LIST).u8(2).path(path);
        case LIST_PATTERN -> RawFrame.of(FrameType.LIST).u8(7).path(path);
        case STAT -> RawFrame.of(FrameType.STAT).path(path);
        case MAKE -> RawFrame.of(FrameType.MKDIR).u8(0).path(path);
        case MAKE_PARENTS -> RawFrame.of(FrameType.MKDIR).u8(1).path(path);
        case REMOVE -> RawFrame.of(FrameType.REMOVE).u8(0).path(path);
        case REMOVE_ALL -> RawFrame.of(FrameType.REMOVE).u8(1).path(path);
        case RENAME_FROM -> RawFrame.of(FrameType.RENAME).path(path).path(HostileName.of("moved"));
        case RENAME_TO -> RawFrame.of(FrameType.RENAME).path(FILE).path(path);
        case CHECKSUM -> RawFrame.of(FrameType.CHECKSUM).path(path);
        case GET -> RawFrame.of(FrameType.GET).u8(0).u8(1).u8(0).u16(1).u8(0).path(path);
        case GET_PATTERN -> RawFrame.of(FrameType.GET).u8(0).u8(1).u8(0).u16(1).u8(1).path(path);
        case PUT_TARGET ->
            RawFrame.of(FrameType.PUT).u8(1).u8(2).u8(2).path(path).u16(1).string("x");
        case PUT_NAME ->
            RawFrame.of(FrameType.PUT).u8(1).u8(2).u8(2).path(FOLDER).u16(1).string(path[0]);
      };
    }

    byte[] frame(HostileName... path) {
      return raw(path).bytes();
    }

    /** Where the name stands in the path: alone, below a folder, or above another name. */
    Stream<byte[]> frames(HostileName name) {
      return this == PUT_NAME
          ? Stream.of(frame(name))
          : Stream.of(frame(name), frame(FOLDER, name), frame(name, FILE));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoNameIsRefusedAlone(Operation operation) throws IOException {
    for (HostileName name : NAMES) {
      boolean merges = operation == Operation.PUT_NAME && name.bytes().length() == 0;
      if (name.verdict() == Verdict.BAD && !merges) {
        for (byte[] frame : operation.frames(name).toList()) {
          assertThat(client.refused(frame)).as("%s", name).isEqualTo(ErrorCode.BAD_NAME);
        }
      }
    }
    assertThat(client.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
    assertNothingHappened();
  }

  private void assertNothingHappened() throws IOException {
    assertThat(root.resolve("kept-file")).hasContent("content");
    assertThat(root.resolve("kept-folder")).isEmptyDirectory();
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoTextEndsTheConnection(Operation operation) throws IOException {
    int turn = 0;
    for (HostileName name : NAMES) {
      if (name.verdict() == Verdict.BROKEN) {
        List<byte[]> frames = operation.frames(name).toList();
        try (RawConnection other = RawConnection.login(server.endpoint())) {
          other.bytes(frames.get(turn++ % frames.size()));
          assertThat(other.lastWord()).as("%s", name).isEqualTo(ErrorCode.PROTOCOL);
        }
      }
    }
    assertThat(turn).isGreaterThan(100);
    assertNothingHappened();
  }

  @Test
  void whatIsANameIsOneThroughoutItsLife() throws IOException {
    int turn = 0;
    for (HostileName name : NAMES) {
      if (name.verdict() == Verdict.FINE && turn++ % 2 == 0) {
        live(name, List.of(name.text()), List.of("kept-folder", "other"));
      } else if (name.verdict() == Verdict.FINE) {
        live(name, List.of("kept-folder", name.text()), List.of("other"));
      }
    }
    assertNothingHappened();
  }

  private void live(HostileName name, List<String> path, List<String> other) throws IOException {
    List<String> inner = new ArrayList<>(path);
    inner.add(name.text());
    assertThat(client.ask(new Frame.MakeFolder(true, inner))).isEqualTo(new Frame.Ok(2));
    assertThat(Files.isDirectory(root.resolve(String.join("/", inner)))).as("%s", name).isTrue();
    assertThat(client.ask(new Frame.Stat(inner))).isInstanceOf(Frame.Attributes.class);
    assertThat(client.names(new Frame.ListFolder(false, true, false, path)))
        .containsExactly(name.text());
    assertThat(client.ask(new Frame.Rename(path, other))).isEqualTo(new Frame.Ok(1));
    assertThat(client.ask(new Frame.Rename(other, path))).isEqualTo(new Frame.Ok(1));
    assertThat(client.ask(new Frame.Remove(true, path))).isEqualTo(new Frame.Ok(2));
  }

  @Test
  void entriesWithNamesArriveAndOthersFailAlone() throws IOException {
    List<HostileName> sent = NAMES.stream().filter(n -> n.verdict() != Verdict.BROKEN).toList();
    client.bytes(
        RawFrame.of(FrameType.PUT).u8(1).u8(2).u8(2).path(FOLDER).u16(1).string("").bytes());
    client.bytes(entry(0, true));
    for (int i = 0; i < sent.size(); i++) {
      client.bytes(entry(i + 1, false, sent.get(i)));
    }
    client.send(new Frame.JobEnd(sent.size() + 1, 0));
    Map<Long, ErrorCode> failed = client.receiveEmptyFiles();

    Set<String> fine = new HashSet<>();
    for (int i = 0; i < sent.size(); i++) {
      HostileName name = sent.get(i);
      boolean bad = name.verdict() == Verdict.BAD;
      assertThat(failed.get(i + 1L)).as("%s", name).isEqualTo(bad ? ErrorCode.BAD_NAME : null);
      if (!bad) {
        fine.add(name.text());
      }
    }
    try (Stream<Path> there = Files.list(root.resolve("kept-folder"))) {
      assertThat(there.map(path -> path.getFileName().toString()).collect(Collectors.toSet()))
          .isEqualTo(fine);
    }
    assertThat(client.names(new Frame.ListFolder(false, true, false, List.of("kept-folder"))))
        .containsExactlyInAnyOrderElementsOf(fine);
  }

  @Test
  void anEntryWhoseNameIsNoTextEndsTheConnection() throws IOException {
    for (HostileName name : NAMES) {
      if (name.verdict() == Verdict.BROKEN) {
        try (RawConnection other = RawConnection.login(server.endpoint())) {
          other.bytes(Operation.PUT_TARGET.frame(FOLDER));
          other.bytes(entry(0, true, HostileName.of("x"), name));
          assertThat(other.lastWord()).as("%s", name).isEqualTo(ErrorCode.PROTOCOL);
        }
      }
    }
  }

  private static byte[] entry(int number, boolean folder, HostileName... path) {
    return RawFrame.of(FrameType.ENTRY)
        .u32(number)
        .u16(0)
        .path(path)
        .attributes(folder)
        .u8(0)
        .bytes();
  }
}
