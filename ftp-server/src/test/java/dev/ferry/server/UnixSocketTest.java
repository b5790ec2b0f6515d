package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.Frame;
import dev.ferry.server.StartException.Problem;
import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server on a Unix-domain socket. */
class UnixSocketTest {
  @TempDir Path root;
  @TempDir Path folder;
  private Path socket;

  @BeforeEach
  void name() {
    socket = folder.resolve("s");
  }

  private ServerBuilder server() {
    return new ServerFixture().on(root).plaintext(false).listen(new Endpoint.Unix(socket));
  }

  @Test
  void onlyItsUserMayConnectAndNothingElseIsLeftBeside() throws IOException {
    try (FerryServer server = server().start();
        RawClient client = RawClient.login(server)) {
      assertThat(client.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
      assertThat(names()).containsExactly("s");
      assertThatThrownBy(server::port).isInstanceOf(IllegalStateException.class);
      assertThat(server.endpoint()).hasToString("unix:" + socket);
    }
  }

  @Test
  void fileIsGoneWhenTheServerIsClosed() throws IOException {
    server().start().close();
    assertThat(names()).isEmpty();
  }

  @Test
  void fileOfAnotherIsLeftAlone() throws IOException {
    FerryServer server = server().start();
    Files.delete(socket);
    Files.writeString(socket, "mine");
    server.close();
    assertThat(socket).hasContent("mine");
  }

  @Test
  void socketThatNobodyListensOnIsReplaced() throws IOException {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
    try (FerryServer server = server().start();
        RawClient client = RawClient.login(server)) {
      assertThat(client.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
    }
  }

  @Test
  void socketOfALivingServerIsRefused() throws IOException {
    try (FerryServer server = server().start()) {
      assertRefused("another server listens there");
      RawClient.login(server).close();
    }
  }

  @Test
  void anythingElseOfThatNameIsRefused() throws IOException {
    Files.writeString(socket, "precious");
    assertRefused("something that is no socket is in the way");
    assertThat(socket).hasContent("precious");
    assertThat(names()).containsExactly("s");
  }

  @Test
  void pathThatIsTooLongIsRefusedAndLeavesNothing() throws IOException {
    socket = folder.resolve("s".repeat(120));
    assertRefused("cannot listen on unix:");
    assertThat(names()).isEmpty();
  }

  @Test
  void folderThatIsMissingIsNamed() {
    socket = folder.resolve("none/s");
    assertRefused(
        "cannot listen on unix:%s: the folder %s/none does not".formatted(socket, folder));
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> server().start())
        .isInstanceOfSatisfying(
            StartException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ADDRESS))
        .hasMessageContaining(why);
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
