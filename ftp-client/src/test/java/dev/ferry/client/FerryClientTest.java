package dev.ferry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.FerryServer;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.link.LinkTimes;
import dev.ferry.transfer.link.NotEncryptedException;
import dev.ferry.transfer.login.Credential;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FerryClientTest {
  private static final ClientOptions OPTIONS = ClientOptions.withoutEncryption();
  private static final int LARGE = 8 << 20;

  @TempDir private Path folder;
  private Path root;
  private Path local;
  private FerryServer server;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectory(folder.resolve("served"));
    local = Files.createDirectory(folder.resolve("local"));
    server =
        FerryServer.serving(root)
            .anonymous(Role.WRITER)
            .plaintext(true)
            .maxConnections(2)
            .drain(Duration.ZERO)
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void makesRequestsOneAfterTheOtherOnOneConnection() throws IOException {
    Files.writeString(root.resolve("a"), "hello");
    try (FerryClient client = client()) {
      assertThat(client.lastRequest()).isNull();
      assertThat(client.ping()).isPositive();
      assertThat(client.makeFolder(TreePath.of("x", "y"), true)).isEqualTo(2);
      client.rename(TreePath.of("a"), TreePath.of("x", "b"));
      assertThat(client.stat(TreePath.of("x", "b")).size()).isEqualTo(5);
      assertThat(client.checksum(TreePath.of("x", "b")).sha256()).startsWith("2cf24dba5fb0a30e");
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      assertThat(client.cat(TreePath.of("x", "b"), Channels.newChannel(content), 0)).isEqualTo(5);
      assertThat(content).hasToString("hello");
      assertThat(client.remove(TreePath.of("x"), true)).isEqualTo(3);
      assertThat(client.lastRequest()).endsWith(".7");
    }
  }

  @Test
  void streamsAListing() throws IOException {
    for (int i = 0; i < 3000; i++) {
      Files.createFile(root.resolve("file" + i));
    }
    List<RemoteFile> items = new ArrayList<>();
    try (FerryClient client = client()) {
      FerryClient.Listed listed =
          client.list(new ListRequest(RemotePath.of(TreePath.ROOT), false, false), items::add);
      assertThat(listed.items()).isEqualTo(3000);
    }
    assertThat(items).hasSize(3000).extracting(RemoteFile::kind).containsOnly(FileKind.FILE);
  }

  @Test
  void goesOnAfterARefusal() throws IOException {
    try (FerryClient client = client()) {
      assertThatThrownBy(() -> client.stat(TreePath.of("nix")))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.reason().is(ErrorCode.NOT_FOUND)).isTrue());
      assertThatThrownBy(
              () ->
                  client.cat(
                      TreePath.of("nix"), Channels.newChannel(new ByteArrayOutputStream()), 0))
          .isInstanceOf(RefusedException.class);
      assertThat(client.isOpen()).isTrue();
      client.ping();
    }
  }

  @Test
  void aServerWithoutEncryptionIsFoundOut() {
    ClientOptions encrypted = ClientOptions.encrypted(Trust.NOBODY);
    assertThatThrownBy(() -> FerryClient.connect(server.endpoint(), encrypted))
        .isInstanceOf(NotEncryptedException.class);
  }

  @Test
  void talksThroughAUnixSocketWithoutBeingAllowedPlaintext() throws IOException {
    Endpoint socket = new Endpoint.Unix(folder.resolve("socket"));
    try (FerryServer other =
            FerryServer.serving(root).listen(socket).anonymous(Role.READER).start();
        FerryClient client =
            FerryClient.connect(other.endpoint(), ClientOptions.encrypted(Trust.NOBODY))) {
      assertThat(client.stat(TreePath.ROOT).kind()).isEqualTo(FileKind.FOLDER);
    }
  }

  @Test
  void hearsThatTheServerIsFull() throws IOException {
    Files.writeString(local.resolve("a"), "a");
    try (FerryClient one = client();
        FerryClient two = client();
        FerryClient three = client();
        FerryClient four = client()) {
      one.ping();
      two.ping();
      assertThatThrownBy(three::ping).isInstanceOf(ServerBusyException.class);
      assertThat(three.isOpen()).isFalse();
      assertThatThrownBy(() -> four.put(put("a", "a"), JobListener.NONE))
          .isInstanceOf(ServerBusyException.class);
    }
  }

  @Test
  void givesUpOnAServerThatDoesNotGreet() throws IOException {
    ClientOptions impatient =
        new ClientOptions(
            true,
            Trust.NOBODY,
            Credential.anonymous(),
            Duration.ofMillis(200),
            new LinkTimes(Duration.ofMillis(100), Duration.ofSeconds(30), Duration.ofSeconds(60)));
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        FerryClient client =
            FerryClient.connect(new Endpoint.Tcp("127.0.0.1", silent.getLocalPort()), impatient)) {
      assertThatThrownBy(client::ping)
          .isInstanceOf(CannotConnectException.class)
          .hasMessageContaining("did not greet");
    }
  }

  @Test
  void cancelEndsAGetInOrderAndTheConnectionGoesOn() throws IOException {
    Files.write(root.resolve("large"), new byte[LARGE]);
    GetRequest request =
        new GetRequest(
            List.of(RemotePath.of(TreePath.of("large"))), local, false, false, Rules.STANDARD);
    try (FerryClient client = client()) {
      assertThatThrownBy(() -> client.get(request, cancelling(client)))
          .isInstanceOf(CancelledException.class);
      assertThat(client.isOpen()).isTrue();
      client.ping();
      assertThat(local).isDirectoryNotContaining("glob:**/large");

      assertThat(client.get(request, JobListener.NONE).sent()).isLessThan(LARGE);
    }
    assertThat(local.resolve("large")).hasSize(LARGE);
    assertThat(local.resolve(".ferry-staging")).doesNotExist();
  }

  @Test
  void cancelEndsAPutInOrderAndTheConnectionGoesOn() throws IOException {
    Files.write(local.resolve("large"), new byte[LARGE]);
    try (FerryClient client = client()) {
      assertThatThrownBy(() -> client.put(put("large", "up"), cancelling(client)))
          .isInstanceOf(CancelledException.class);
      assertThat(client.isOpen()).isTrue();
      assertThatThrownBy(() -> client.stat(TreePath.of("up"))).isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void cancelEndsACatInOrderAndTheConnectionGoesOn() throws IOException {
    Files.write(root.resolve("large"), new byte[LARGE]);
    try (FerryClient client = client()) {
      ByteArrayOutputStream out =
          new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
              if (size() == 0) {
                client.cancel();
              }
              super.write(bytes, offset, length);
            }
          };
      assertThatThrownBy(() -> client.cat(TreePath.of("large"), Channels.newChannel(out), 0))
          .isInstanceOf(CancelledException.class);
      client.ping();
    }
  }

  @Test
  void cancelCutsOffARequestThatIsNotAnswered() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        FerryClient client =
            FerryClient.connect(new Endpoint.Tcp("127.0.0.1", silent.getLocalPort()), OPTIONS)) {
      CompletableFuture<Void> asking =
          CompletableFuture.runAsync(
              () -> assertThatThrownBy(client::ping).isInstanceOf(CancelledException.class));
      silent.accept().getInputStream().read();
      client.cancel();
      asking.get();
      assertThat(client.isOpen()).isFalse();
    }
  }

  @Test
  void cancelOfAnIdleConnectionDoesNothing() throws IOException {
    try (FerryClient client = client()) {
      client.cancel();
      client.ping();
      client.cancel();
      client.ping();
    }
  }

  @Test
  void refusesTwoThingsAtOnce() throws Exception {
    Files.write(root.resolve("large"), new byte[LARGE]);
    try (FerryClient client = client()) {
      CountDownLatch under = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      CompletableFuture<Long> job =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return client
                      .list(
                          new ListRequest(RemotePath.of(TreePath.ROOT), false, false),
                          _ -> {
                            under.countDown();
                            awaitQuietly(go);
                          })
                      .items();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      under.await();
      assertThatThrownBy(client::ping).isInstanceOf(IllegalStateException.class);
      go.countDown();
      assertThat(job.get()).isEqualTo(1);
    }
  }

  @Test
  void aRemoteConnectsWhenNeededAndCanBeCancelledWhileItDoes() throws Exception {
    // An address that nothing ever answers from (RFC 5737).
    Remote nowhere = new Remote(new Endpoint.Tcp("192.0.2.1", 9), OPTIONS, Remote.Retries.NONE);
    assertThat(nowhere.isConnected()).isFalse();
    CompletableFuture<Void> calling =
        CompletableFuture.runAsync(
            () ->
                assertThatThrownBy(() -> nowhere.call(FerryClient::ping))
                    .isInstanceOfAny(CancelledException.class, CannotConnectException.class));
    while (!calling.isDone()) {
      nowhere.cancel();
      Thread.onSpinWait();
    }
    calling.get();
    try (Remote remote = new Remote(server.endpoint(), OPTIONS, Remote.Retries.NONE)) {
      remote.call(FerryClient::ping);
      assertThat(remote.isConnected()).isTrue();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JobListener cancelling(FerryClient client) {
    return new JobListener() {
      @Override
      public void moved(long bytes) {
        if (bytes > 0) {
          CompletableFuture<Void> done = CompletableFuture.runAsync(client::cancel);
          try {
            done.get();
          } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
          }
        }
      }
    };
  }

  private PutRequest put(String name, String target) {
    try {
      return new PutRequest(
          List.of(new LocalSource(name, local.resolve(name))),
          RemotePath.of(TreePath.of(target)),
          false,
          Rules.STANDARD);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private FerryClient client() throws IOException {
    return FerryClient.connect(server.endpoint(), OPTIONS);
  }
}
