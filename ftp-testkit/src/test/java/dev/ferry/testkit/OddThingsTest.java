package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ferry.client.Durability;
import dev.ferry.client.FerryClient;
import dev.ferry.client.GetRequest;
import dev.ferry.client.JobListener;
import dev.ferry.client.JobReport;
import dev.ferry.client.LocalSource;
import dev.ferry.client.Overwrite;
import dev.ferry.client.PutRequest;
import dev.ferry.client.RemotePath;
import dev.ferry.client.Rules;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.LinkPolicy;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a root may hold besides files and folders of its own, and how deep it may go. */
class OddThingsTest {
  /** Nobody opens the other end of a pipe: whoever waits for that waits for ever. */
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  private static final Rules RULES =
      new Rules(LinkPolicy.SKIP, Overwrite.ALWAYS, false, Durability.NONE, 1, 0);

  @TempDir private Path temp;
  private LocalServer server;
  private FerryClient client;

  @BeforeEach
  void start() throws IOException {
    server = LocalServer.start();
    client = FerryClient.connect(server.endpoint(), server.options());
    client.ping();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private interface Request {
    void send() throws IOException;
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipe", "socket", "device"})
  void whatIsNeitherFileNorFolderBlocksNobody(String kind) throws Exception {
    Path odd = server.root().resolve(kind);
    try (ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      switch (kind) {
        case "pipe" -> run("mkfifo", odd);
        case "socket" -> door.bind(UnixDomainSocketAddress.of(odd));
        default -> run("mknod", odd, "c", "1", "5");
      }
      TreePath path = TreePath.of(kind);
      refusedAtOnce(() -> client.cat(path, null, 0));
      refusedAtOnce(() -> client.checksum(path));
      refusedAtOnce(() -> client.makeFolder(path.child("x"), false));
      atOnce(() -> assertThat(get(path).failed() + get(path).skipped()).isEqualTo(1));
      atOnce(() -> assertThat(get(TreePath.ROOT).skipped()).isEqualTo(1));
      atOnce(() -> assertThat(put("content", path).failed()).isEqualTo(1));
      client.rename(path, TreePath.of("moved"));
      client.remove(TreePath.of("moved"), false);
    }
  }

  private static void run(String program, Path file, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of(program, file.toString()));
    command.addAll(List.of(more));
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    assumeTrue(code == 0, program + " is not allowed here");
  }

  private static void refusedAtOnce(Request request) {
    atOnce(() -> assertThatThrownBy(request::send).isInstanceOf(RefusedException.class));
  }

  private static void atOnce(Request request) {
    assertTimeoutPreemptively(AT_ONCE, request::send);
  }

  private JobReport get(TreePath path) throws IOException {
    return client.get(
        new GetRequest(List.of(RemotePath.of(path)), temp.resolve("got"), true, true, RULES),
        JobListener.NONE);
  }

  private JobReport put(String content, TreePath target) throws IOException {
    Path source = Files.writeString(temp.resolve("source"), content);
    return client.put(
        new PutRequest(
            List.of(new LocalSource("source", source)), RemotePath.of(target), false, RULES),
        JobListener.NONE);
  }

  @Test
  void aHardLinkToAFileOutsideIsReplacedAndNeverChanged() throws IOException {
    Path outside = Files.writeString(temp.resolve("outside"), "precious");
    Files.setLastModifiedTime(outside, FileTime.fromMillis(1_000_000));
    Path inside = server.root().resolve("file");
    for (String content : new String[] {"precious", "other", "precious and more"}) {
      Files.deleteIfExists(inside);
      Files.createLink(inside, outside);
      assertThat(put(content, TreePath.of("file")).failed()).isZero();
      assertThat(inside).hasContent(content);
      assertThat(outside).hasContent("precious");
      assertThat(Files.getLastModifiedTime(outside).toMillis()).isEqualTo(1_000_000);
    }
    Files.delete(inside);
    Files.createLink(inside, outside);
    client.remove(TreePath.of("file"), false);
    assertThat(outside).hasContent("precious");
  }

  @Test
  void theDeepestPathIsMadeAndADeeperOneIsNone() throws IOException {
    try (RawConnection raw = RawConnection.login(server.endpoint())) {
      List<String> deepest = Collections.nCopies(128, "d");
      assertThat(raw.ask(new Frame.MakeFolder(true, deepest.subList(1, 128))))
          .isEqualTo(new Frame.Ok(127));
      assertThat(raw.ask(new Frame.MakeFolder(true, deepest))).isEqualTo(new Frame.Ok(1));
      SortedMap<String, String> before = Snapshot.of(server.root());
      Frame answer = raw.ask(new Frame.MakeFolder(true, Collections.nCopies(129, "d")));
      assertThat(((Frame.Failure) answer).reason().known()).isEqualTo(ErrorCode.BAD_NAME);
      assertThat(Snapshot.of(server.root())).isEqualTo(before);
      assertThat(raw.ask(new Frame.Remove(true, List.of("d")))).isEqualTo(new Frame.Ok(128));
    }
  }

  /** So deep that no path of the system leads to the end. */
  private static final String DIG =
      "import os, sys\nos.chdir(sys.argv[1])\nfor _ in range(10000): os.mkdir('d'); os.chdir('d')";

  @Test
  void whatLiesDeeperThanAnyPathIsSaidAndNotFollowed() throws Exception {
    Path deep = Files.createDirectory(temp.resolve("deep"));
    try {
      run("python3", Path.of("-c"), DIG, server.root().toString());
      run("python3", Path.of("-c"), DIG, deep.toString());
      JobReport got = get(TreePath.ROOT);
      assertThat(got.done()).isGreaterThanOrEqualTo(127);
      assertThat(got.failed() + got.skipped()).isPositive();
      JobReport put = putFolder(deep);
      assertThat(put.done()).isGreaterThanOrEqualTo(126);
      assertThat(put.failed()).isPositive();
      assertThatThrownBy(() -> client.remove(TreePath.of("d"), true))
          .isInstanceOf(RefusedException.class);
      assertThat(server.root().resolve("d/d/d")).isDirectory();
    } finally {
      run("rm", deep, "-rf");
      run("rm", server.root().resolve("d"), "-rf");
    }
  }

  private JobReport putFolder(Path folder) throws IOException {
    LocalSource source = new LocalSource(folder.toString(), folder);
    return client.put(
        new PutRequest(List.of(source), RemotePath.of(TreePath.ROOT), true, RULES),
        JobListener.NONE);
  }

  @Test
  void whatIsMountedBelowTheRootIsNotEntered() throws Exception {
    Path root = server.root();
    Files.writeString(Files.createDirectory(root.resolve("other")).resolve("file"), "content");
    Path loop = Files.createDirectories(root.resolve("a/loop"));
    Path door = Files.createDirectory(root.resolve("a/door"));
    run("mount", Path.of("--bind"), root.toString(), loop.toString());
    try {
      run("mount", Path.of("--bind"), root.resolve("other").toString(), door.toString());
      try {
        atOnce(() -> assertThat(get(TreePath.ROOT).failed()).isEqualTo(2));
        assertThat(temp.resolve("got/other/file")).hasContent("content");
        assertThat(temp.resolve("got/a")).isEmptyDirectory();
        refusedAtOnce(() -> client.remove(TreePath.of("a"), true));
        refusedAtOnce(() -> client.remove(TreePath.of("a", "door", "file"), false));
        assertThat(root.resolve("other/file")).hasContent("content");
      } finally {
        run("umount", door);
      }
    } finally {
      run("umount", loop);
    }
  }
}
