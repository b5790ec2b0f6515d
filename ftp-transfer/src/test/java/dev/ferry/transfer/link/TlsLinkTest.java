package dev.ferry.transfer.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Hash128;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.tls.Identity;
import dev.ferry.transfer.tls.KeyFingerprint;
import dev.ferry.transfer.tls.ServerIdentity;
import dev.ferry.transfer.tls.TlsContext;
import dev.ferry.transfer.tls.TlsProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A link over TLS, with either engine on either side. */
class TlsLinkTest {
  private static final Credential.Exchange ANYBODY = Frame.Login::anonymous;

  private static final Identity IDENTITY = Identity.generate();

  private Wire wire;
  private Link client;
  private Link server;

  @BeforeAll
  static void needsBothEngines() {
    Assumptions.assumeTrue(
        TlsProvider.BORINGSSL.missing() == null, TlsProvider.BORINGSSL.missing());
  }

  @BeforeEach
  void connect() throws IOException {
    wire = Wire.connect();
  }

  @AfterEach
  void close() throws IOException {
    Stream.of(client, server).filter(link -> link != null).forEach(Link::close);
    wire.close();
  }

  static Stream<Arguments> pairs() {
    return Stream.of(TlsProvider.values())
        .flatMap(one -> Stream.of(TlsProvider.values()).map(two -> Arguments.of(one, two)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void carriesFramesBothWaysAndTellsWhoTheServerIs(TlsProvider one, TlsProvider two)
      throws Exception {
    assertThat(secured(one, two)).isEqualTo(IDENTITY.fingerprint());
    client.sendNow(new Frame.Stat(List.of("a", "文件")));
    assertThat(server.read()).isEqualTo(new Frame.Stat(List.of("a", "文件")));
    server.sendNow(new Frame.Ok(7));
    assertThat(client.read()).isEqualTo(new Frame.Ok(7));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void carriesContentBothWaysAtOnce(TlsProvider one, TlsProvider two) throws Exception {
    secured(one, two);
    client.bulk(true);
    server.bulk(true);
    FutureTask<Void> there = background(() -> send(client, 24));
    FutureTask<Void> back = background(() -> send(server, 24));
    FutureTask<Void> received = background(() -> receive(server, 24));
    receive(client, 24);
    for (FutureTask<Void> task : List.of(there, back, received)) {
      task.get(60, TimeUnit.SECONDS);
    }
    client.bulk(false);
    server.bulk(false);
    server.sendNow(new Frame.Ping());
    assertThat(client.read()).isEqualTo(new Frame.Ping());
  }

  /** In a JVM of its own, because the JDK reads its limit once: see {@link KeyUpdates}. */
  @Test
  void crossesKeyUpdatesBothWays(@TempDir Path folder) throws Exception {
    Path limits =
        Files.writeString(
            folder.resolve("security"),
            "jdk.tls.keyLimits=AES/GCM/NoPadding KeyUpdate 2^20,"
                + " ChaCha20-Poly1305 KeyUpdate 2^20\n");
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.security.properties=" + limits,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KeyUpdates.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void worksWhenEveryByteArrivesAlone(TlsProvider one, TlsProvider two) throws Exception {
    try (Wire behind = Wire.connect()) {
      open(wire.left(), behind.left(), one, two);
      FutureTask<Void> there = background(() -> drip(wire.right(), behind.right()));
      FutureTask<Void> back = background(() -> drip(behind.right(), wire.right()));
      assertThat(shakeHands()).isEqualTo(IDENTITY.fingerprint());
      client.sendNow(new Frame.Ping());
      assertThat(server.read()).isEqualTo(new Frame.Ping());
      server.sendNow(new Frame.Ok(1));
      assertThat(client.read()).isEqualTo(new Frame.Ok(1));
      there.cancel(true);
      back.cancel(true);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void saysThatItEnds(TlsProvider one, TlsProvider two) throws Exception {
    secured(one, two);
    long before = server.bytesWritten();
    server.close();
    assertThat(server.bytesWritten() - before).as("close_notify").isPositive();
    assertThat(client.next()).isNull();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theEndInsideARecordIsALostConnection(TlsProvider one, TlsProvider two) throws Exception {
    try (Wire behind = Wire.connect()) {
      open(wire.left(), behind.left(), one, two);
      FutureTask<Void> there = background(() -> drip(wire.right(), behind.right()));
      FutureTask<Void> back =
          background(() -> passUntilContent(behind.right(), wire.right(), TlsLinkTest::cut));
      shakeHands();
      server.sendData(header(), content(200));
      assertThatThrownBy(() -> readContent(client)).isInstanceOf(ConnectionLostException.class);
      back.get(30, TimeUnit.SECONDS);
      wire.right().close();
      there.cancel(true);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aChangedRecordIsALostConnection(TlsProvider one, TlsProvider two) throws Exception {
    try (Wire behind = Wire.connect()) {
      open(wire.left(), behind.left(), one, two);
      FutureTask<Void> there = background(() -> drip(wire.right(), behind.right()));
      FutureTask<Void> back =
          background(() -> passUntilContent(behind.right(), wire.right(), TlsLinkTest::change));
      shakeHands();
      server.sendData(header(), content(200));
      assertThatThrownBy(() -> readContent(client))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("the peer");
      back.get(30, TimeUnit.SECONDS);
      wire.right().close();
      there.cancel(true);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void aPlaintextClientIsToldInPlaintext(TlsProvider provider) throws Exception {
    server = new Link(wire.right(), "the peer", LinkTimes.STANDARD, engine(provider, true));
    client = new Link(wire.left(), "the peer", LinkTimes.STANDARD);
    Greeting.say(client, "test", ANYBODY);
    client.flush();
    assertThatThrownBy(server::secure)
        .isInstanceOf(NotEncryptedException.class)
        .hasMessageContaining("plaintext");
    server.sendNow(new Frame.Ok(3));
    assertThat(client.read()).isEqualTo(new Frame.Ok(3));
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void aPlaintextServerIsFoundOut(TlsProvider provider) throws Exception {
    client = new Link(wire.left(), "the peer", LinkTimes.STANDARD, engine(provider, false));
    server = new Link(wire.right(), "the peer", LinkTimes.STANDARD);
    server.sendNow(new Frame.Ok(3));
    assertThatThrownBy(client::secure).isInstanceOf(NotEncryptedException.class);
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void garbageIsNoHandshake(TlsProvider provider) throws Exception {
    client = new Link(wire.left(), "the peer", LinkTimes.STANDARD, engine(provider, false));
    write(wire.right(), "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(client::secure).isInstanceOf(NotEncryptedException.class);
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void aBrokenHandshakeIsAnAlertAndAProtocolError(TlsProvider provider) throws Exception {
    server = new Link(wire.right(), "the peer", LinkTimes.STANDARD, engine(provider, true));
    byte[] record = new byte[5 + 100];
    record[0] = 0x16;
    record[1] = 3;
    record[2] = 1;
    record[4] = 100;
    record[5] = 99;
    write(wire.left(), record);
    assertThatThrownBy(server::secure)
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("TLS handshake");
    ByteBuffer answer = ByteBuffer.allocate(16);
    wire.left().read(answer);
    assertThat(answer.get(0)).as("alert").isEqualTo((byte) 0x15);
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void aStallInTheHandshakeEndsWithItsDeadline(TlsProvider provider) throws Exception {
    LinkTimes quick =
        new LinkTimes(Duration.ofMillis(100), Duration.ofSeconds(30), Duration.ofSeconds(60));
    client = new Link(wire.left(), "the peer", quick, engine(provider, false));
    client.deadline(Duration.ofMillis(50), "did not greet");
    assertThatThrownBy(client::secure)
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("did not greet");
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void nothingIsSaidBeforeTheHandshake(TlsProvider provider) throws Exception {
    client = new Link(wire.left(), "the peer", LinkTimes.STANDARD, engine(provider, false));
    assertThatThrownBy(() -> client.sendNow(new Frame.Ping()))
        .isInstanceOf(ConnectionLostException.class);
    assertThat(client.bytesWritten()).isZero();
  }

  @Test
  void aContextThatIsClosedMakesNoMoreEngines() throws Exception {
    TlsContext context = TlsProvider.BORINGSSL.server(IDENTITY);
    context.newEngine().release();
    context.close();
    assertThatThrownBy(context::newEngine).isInstanceOf(IOException.class);
  }

  // ---- parts

  private KeyFingerprint secured(TlsProvider one, TlsProvider two) throws Exception {
    open(wire.left(), wire.right(), one, two);
    return shakeHands();
  }

  private void open(SocketChannel left, SocketChannel right, TlsProvider one, TlsProvider two)
      throws IOException {
    client = new Link(left, "the peer", LinkTimes.STANDARD, engine(one, false));
    server = new Link(right, "the peer", LinkTimes.STANDARD, engine(two, true));
  }

  private KeyFingerprint shakeHands() throws Exception {
    FutureTask<ServerIdentity> serving = background(server::secure);
    KeyFingerprint proved = client.secure().fingerprint();
    assertThat(serving.get(30, TimeUnit.SECONDS)).isNull();
    client.loggedIn();
    server.loggedIn();
    return proved;
  }

  private static dev.ferry.transfer.tls.TlsEngine engine(TlsProvider provider, boolean server)
      throws IOException {
    try (TlsContext context = server ? provider.server(IDENTITY) : provider.client()) {
      return context.newEngine();
    }
  }

  private static <T> FutureTask<T> background(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return task;
  }

  private static DataHeader header() {
    return new DataHeader(0, 0, new Hash128(1, 2), null);
  }

  /** So many KiB. */
  private static ByteBuffer content(int size) {
    ByteBuffer content = Buffers.CHUNKS.take();
    while (content.position() < size << 10) {
      content.putLong(content.position());
    }
    return content.flip();
  }

  /** Sends so many chunks of 256 KiB, with small frames between them. */
  private static Void send(Link link, int chunks) throws IOException {
    link.send(new Frame.Ping());
    ByteBuffer content = content(256);
    for (int i = 0; i < chunks; i++) {
      link.sendData(header(), content.rewind());
      link.send(new Frame.Ping());
    }
    link.flush();
    return null;
  }

  private static Void receive(Link link, int chunks) throws IOException {
    assertThat(link.read()).isEqualTo(new Frame.Ping());
    for (int i = 0; i < chunks; i++) {
      assertThat(readContent(link)).isEqualTo(content(256));
      assertThat(link.read()).isEqualTo(new Frame.Ping());
    }
    return null;
  }

  private static ByteBuffer readContent(Link link) throws IOException {
    link.data(link.next());
    ByteBuffer got = ByteBuffer.allocateDirect(link.remaining());
    link.content(got);
    return got.flip();
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    channel.write(ByteBuffer.wrap(bytes));
  }

  private static Void drip(SocketChannel from, SocketChannel to) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    while (from.read(one.clear()) > 0) {
      to.write(one.flip());
    }
    to.shutdownOutput();
    return null;
  }

  private interface Fault {
    /** Gets the first large piece of encrypted content, with its header. */
    void strike(ByteBuffer content, SocketChannel to) throws IOException;
  }

  private static void cut(ByteBuffer content, SocketChannel to) throws IOException {
    to.write(content.limit(content.limit() / 2));
    to.close();
  }

  private static void change(ByteBuffer content, SocketChannel to) throws IOException {
    content.put(1000, (byte) (content.get(1000) ^ 1));
    while (content.hasRemaining()) {
      to.write(content);
    }
  }

  private static Void passUntilContent(SocketChannel from, SocketChannel to, Fault fault)
      throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(256 << 10);
    while (from.read(piece.clear()) > 0) {
      if (piece.flip().remaining() > 4 << 10) {
        fault.strike(piece, to);
        return null;
      }
      to.write(piece);
    }
    return null;
  }
}
