package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests about single paths (spec 6.2 to 6.8), as they go over the wire. */
class RequestsTest {
  @TempDir Path root;
  private final ServerFixture fixture = new ServerFixture();
  private FerryServer server;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    server = fixture.on(root).start();
    client = RawClient.login(server);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void statDescribesFileFolderAndLink() throws IOException {
    Files.writeString(root.resolve("file"), "hello");
    Files.createDirectory(root.resolve("folder"));
    Files.createSymbolicLink(root.resolve("link"), Path.of("file"));

    assertThat(stat("file").kind()).isEqualTo(Kind.FILE);
    assertThat(stat("file").size()).isEqualTo(5);
    assertThat(stat("folder").kind()).isEqualTo(Kind.FOLDER);
    assertThat(stat("folder").size()).isZero();
    assertThat(stat("link").kind()).isEqualTo(Kind.LINK);
    assertThat(stat().kind()).isEqualTo(Kind.FOLDER);
  }

  @Test
  void statOfNothingIsNotFound() throws IOException {
    assertRefused(new Frame.Stat(List.of("missing")), ErrorCode.NOT_FOUND);
  }

  @Test
  void pathThroughALinkIsRefused() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), Files.createDirectory(root.resolve("inside")));
    assertRefused(new Frame.Stat(List.of("link", "x")), ErrorCode.LINK);
    assertRefused(new Frame.Checksum(List.of("link", "x")), ErrorCode.LINK);
  }

  @Test
  void badNamesFailTheRequestAloneAndNameTheComponent() throws IOException {
    for (String bad : List.of("..", ".", "", "a/b", "nul\0", ".ferry-staging", "x".repeat(256))) {
      Frame reply = client.ask(new Frame.Stat(List.of("fine", bad)));
      assertThat(reply).isInstanceOf(Frame.Failure.class);
      Frame.Failure failure = (Frame.Failure) reply;
      assertThat(failure.reason().known()).isEqualTo(ErrorCode.BAD_NAME);
      assertThat(failure.component()).isEqualTo(1);
    }
    assertThat(client.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
  }

  @Test
  void mkdirMakesOneFolderAndRefusesWhatIsThere() throws IOException {
    Frame.MakeFolder request = new Frame.MakeFolder(false, List.of("new"));
    assertThat(client.ask(request)).isEqualTo(new Frame.Ok(1));
    assertThat(root.resolve("new")).isDirectory();
    assertRefused(request, ErrorCode.EXISTS);
    assertRefused(new Frame.MakeFolder(false, List.of("no", "parent")), ErrorCode.NOT_FOUND);
    assertRefused(new Frame.MakeFolder(false, List.of()), ErrorCode.EXISTS);
  }

  @Test
  void mkdirWithParentsCountsWhatItMade() throws IOException {
    Files.createDirectory(root.resolve("a"));
    Frame.MakeFolder request = new Frame.MakeFolder(true, List.of("a", "b", "c"));
    assertThat(client.ask(request)).isEqualTo(new Frame.Ok(2));
    assertThat(client.ask(request)).isEqualTo(new Frame.Ok(0));
    Files.writeString(root.resolve("file"), "");
    assertRefused(new Frame.MakeFolder(true, List.of("file", "b")), ErrorCode.NOT_A_FOLDER);
  }

  @Test
  void removeTakesFoldersOnlyWhenRecursive() throws IOException {
    Files.createDirectories(root.resolve("tree/deep"));
    Files.writeString(root.resolve("tree/file"), "x");
    Files.writeString(root.resolve("other"), "x");

    assertRefused(new Frame.Remove(false, List.of("tree")), ErrorCode.IS_A_FOLDER);
    assertRefused(new Frame.Remove(true, List.of()), ErrorCode.NO_PERMISSION);
    assertRefused(new Frame.Remove(true, List.of("missing")), ErrorCode.NOT_FOUND);
    assertThat(client.ask(new Frame.Remove(true, List.of("tree")))).isEqualTo(new Frame.Ok(3));
    assertThat(client.ask(new Frame.Remove(false, List.of("other")))).isEqualTo(new Frame.Ok(1));
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void removeTakesALinkAndNotWhatItLeadsTo(@TempDir Path elsewhere) throws IOException {
    Path precious = Files.writeString(elsewhere.resolve("precious"), "x");
    Files.createSymbolicLink(root.resolve("link"), elsewhere);
    assertThat(client.ask(new Frame.Remove(true, List.of("link")))).isEqualTo(new Frame.Ok(1));
    assertThat(precious).exists();
  }

  @Test
  void renameMovesAndNeverReplaces() throws IOException {
    Files.createDirectory(root.resolve("folder"));
    Files.writeString(root.resolve("one"), "1");
    Files.writeString(root.resolve("two"), "2");

    assertRefused(new Frame.Rename(List.of("one"), List.of("two")), ErrorCode.EXISTS);
    assertRefused(new Frame.Rename(List.of("one"), List.of("no", "x")), ErrorCode.NOT_FOUND);
    assertRefused(new Frame.Rename(List.of(), List.of("x")), ErrorCode.NO_PERMISSION);
    assertRefused(new Frame.Rename(List.of("one"), List.of("..")), ErrorCode.BAD_NAME);
    assertRefused(new Frame.Rename(List.of("folder"), List.of("folder", "x")), ErrorCode.BAD_NAME);
    assertThat(client.ask(new Frame.Rename(List.of("one"), List.of("folder", "uno"))))
        .isEqualTo(new Frame.Ok(1));
    assertThat(root.resolve("folder/uno")).hasContent("1");
    assertThat(root.resolve("two")).hasContent("2");
  }

  @Test
  void checksumIsTheSha256OfTheContent() throws Exception {
    byte[] content = new byte[700_000];
    java.util.Arrays.fill(content, (byte) 7);
    Files.write(root.resolve("file"), content);
    Frame.Sum sum = (Frame.Sum) client.ask(new Frame.Checksum(List.of("file")));
    assertThat(sum.size()).isEqualTo(content.length);
    assertThat(sum.sha256().toArray())
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(content));
    assertRefused(new Frame.Checksum(List.of()), ErrorCode.IS_A_FOLDER);
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    Files.writeString(root.resolve("file"), "hello");
    for (int i = 0; i < 64; i++) {
      client.link.send(i % 2 == 0 ? new Frame.Ping() : new Frame.Stat(List.of("file")));
    }
    client.link.flush();
    for (int i = 0; i < 64; i++) {
      assertThat(client.read()).isInstanceOf(i % 2 == 0 ? Frame.Ok.class : Frame.Attributes.class);
    }
  }

  @Test
  void quitIsAnsweredAndThenTheServerCloses() throws IOException {
    assertThat(client.ask(new Frame.Quit())).isEqualTo(new Frame.Ok(0));
    assertThat(client.isClosedByServer()).isTrue();
  }

  private Frame.FileAttributes stat(String... path) throws IOException {
    return ((Frame.Attributes) client.ask(new Frame.Stat(List.of(path)))).attributes();
  }

  private void assertRefused(Frame request, ErrorCode code) throws IOException {
    Frame reply = client.ask(request);
    assertThat(reply).isInstanceOf(Frame.Failure.class);
    assertThat(((Frame.Failure) reply).reason().known()).isEqualTo(code);
  }
}
