package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.Frame;
import dev.ferry.transfer.link.Greeting;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.link.LinkTimes;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.tls.TlsContext;
import dev.ferry.transfer.tls.TlsProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an encrypted server makes of those who speak something else, or too much of it. */
class ServerTlsTest {
  private static final Credential.Exchange ANYBODY = Frame.Login::anonymous;
  private static final int HANDSHAKE = 0x16;
  private static final int RECORD = 16 << 10;

  /** All that an anonymous client says. */
  private static final byte[] TALK =
      HexFormat.of()
          .parseHex(
              "0000001401000000"
                  + "4645525900010001000866657272792f78310000" // HELLO
                  + "00000005020000000000000000" // LOGIN
                  + "0000000017000000"); // QUIT

  @TempDir static Path temp;
  private static Authority openssl;
  @TempDir Path root;
  private final ServerFixture fixture = new ServerFixture();

  @BeforeAll
  static void make() throws IOException {
    openssl = new Authority(temp);
  }

  @AfterEach
  void forgetChoice() {
    System.clearProperty("ferry.tls");
  }

  private FerryServer serve(TlsProvider provider) throws IOException {
    return serve(provider, ServerFixture.PATIENT);
  }

  private FerryServer serve(TlsProvider provider, ServerTimes times) throws IOException {
    Assumptions.assumeTrue(provider.missing() == null, provider.missing());
    System.setProperty("ferry.tls", provider == TlsProvider.JDK ? "jdk" : "");
    return fixture.on(root).plaintext(false).times(times).start();
  }

  private static Socket connect(FerryServer server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** The server goes on, and found no defect in itself. */
  private void isWell(FerryServer server) throws IOException {
    try (TlsContext context = TlsProvider.JDK.client();
        Link link =
            new Link(
                server.endpoint().connect(Duration.ofSeconds(30)),
                "ferryd",
                LinkTimes.STANDARD,
                context.newEngine())) {
      link.secure();
      Greeting.say(link, "test", ANYBODY);
      link.flush();
      Greeting.hear(link, ANYBODY);
    }
    assertThat(fixture.log)
        .noneMatch(line -> line.contains("level=error") || line.contains("\n"))
        .noneMatch(line -> line.contains("event=defect"));
  }

  private static String client(FerryServer server, boolean success, String... options)
      throws IOException {
    return client(server, success, Path.of("/dev/null"), options);
  }

  private static String client(FerryServer server, boolean success, Path input, String... options)
      throws IOException {
    String[] words = {"s_client", "-connect", "127.0.0.1:" + server.port()};
    String[] all = Arrays.copyOf(words, words.length + options.length);
    System.arraycopy(options, 0, all, words.length, options.length);
    return openssl.openssl(success, input, all);
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void onlyTls13IsSpoken(TlsProvider provider) throws IOException {
    try (FerryServer server = serve(provider)) {
      for (String version : new String[] {"-tls1", "-tls1_1", "-tls1_2"}) {
        String said = client(server, false, version, "-cipher", "ALL:@SECLEVEL=0");
        assertThat(said).as(version).contains("alert protocol version");
      }
      assertThat(client(server, true, "-tls1_3")).contains("New, TLSv1.3, Cipher is TLS_AES_");
      isWell(server);
    }
  }

  /** What comes after the handshake has come when the server has answered, and could be resumed. */
  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void noSessionCanBeResumed(TlsProvider provider) throws IOException {
    Path talk = Files.write(temp.resolve("talk"), TALK);
    Path session = temp.resolve("session");
    try (FerryServer server = serve(provider)) {
      String said = client(server, true, talk, "-ign_eof", "-sess_out", session.toString());
      assertThat(said).contains("ferryd/", "New, TLSv1.3").doesNotContain("New Session Ticket");
      assertThat(session).doesNotExist();
    }
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void whatIsNoTlsIsClosed(TlsProvider provider) throws IOException {
    Random random = new Random(5);
    byte[] noise = new byte[5000];
    random.nextBytes(noise);
    noise[0] = 0x41;
    byte[] broken = noise.clone();
    System.arraycopy(new byte[] {HANDSHAKE, 3, 1, 0x10, 0}, 0, broken, 0, 5);
    byte[] alert = {0x15, 3, 3, 0, 2, 2, 40};
    byte[] http = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    byte[] ssh = "SSH-2.0-OpenSSH_9.9\r\n".getBytes(StandardCharsets.US_ASCII);
    try (FerryServer server = serve(provider)) {
      for (byte[] bytes : List.of(noise, broken, alert, TALK, http, ssh)) {
        try (Socket socket = connect(server)) {
          socket.getOutputStream().write(bytes);
          String said = new String(answer(socket), StandardCharsets.ISO_8859_1);
          assertThat(said).hasSizeLessThan(1100).doesNotContain("ferryd/");
        }
      }
      isWell(server);
    }
  }

  /** Until the server ends it: whoever waits for more lets the time run out, which fails. */
  private static byte[] answer(Socket socket) throws IOException {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (SocketException _) {
      return new byte[0]; // A reset ends it as well.
    }
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void handshakeHasItsTime(TlsProvider provider) throws IOException {
    try (FerryServer server = serve(provider, ServerFixture.times(300, 60_000, 60_000))) {
      for (byte[] begin : List.of(new byte[0], new byte[] {HANDSHAKE, 3, 1, 2, 0, 1, 0})) {
        try (Socket socket = connect(server)) {
          socket.getOutputStream().write(begin);
          answer(socket);
        }
      }
      await().until(() -> fixture.lines("ended").size() == 2);
      assertThat(fixture.lines("ended")).allMatch(line -> line.contains("no complete LOGIN came"));
    }
  }

  /** One message of 16 MiB, as its header says, in whole records. */
  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void clientHelloHasItsSize(TlsProvider provider) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(5 + RECORD);
    record.put((byte) HANDSHAKE).putShort((short) 0x0301).putShort((short) RECORD);
    record.putInt(0x01ffffff).putShort((short) 0x0303);
    try (FerryServer server = serve(provider);
        Socket socket = connect(server)) {
      long sent = 0;
      OutputStream out = socket.getOutputStream();
      try {
        while (sent < 16 << 20) {
          out.write(record.array());
          sent += record.capacity();
          record.putInt(5, 0).putShort(9, (short) 0);
          if (socket.getInputStream().available() > 0) {
            break;
          }
        }
      } catch (IOException _) {
        // It was closed meanwhile.
      }
      answer(socket);
      await().until(() -> !fixture.lines("close").isEmpty());
      String bytes = fixture.lines("close").getFirst().replaceFirst(".* in=([0-9]+) .*", "$1");
      assertThat(Long.parseLong(bytes)).isLessThan(64 << 10);
      isWell(server);
    }
  }

  /** Somebody who asks for new keys all the time, and never reads the answers. */
  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void floodOfKeyUpdatesEndsTheConnection(TlsProvider provider) throws Exception {
    try (FerryServer server = serve(provider);
        Socket socket = connect(server)) {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, new TrustManager[] {new Anybody()}, null);
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(true);
      ByteBuffer in = ByteBuffer.allocate(64 << 10).flip();
      shakeHands(engine, socket, in);
      int updates = 0;
      try {
        while (updates < 100_000) {
          engine.beginHandshake();
          wrap(engine, socket);
          updates++;
        }
      } catch (IOException _) {
        // It was closed meanwhile.
      }
      assertThat(updates).isLessThan(100_000);
      await().until(() -> !fixture.lines("close").isEmpty());
      isWell(server);
    }
  }

  private static void wrap(SSLEngine engine, Socket socket) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(32 << 10);
    engine.wrap(ByteBuffer.allocate(0), out);
    socket.getOutputStream().write(out.array(), 0, out.position());
  }

  private static void shakeHands(SSLEngine engine, Socket socket, ByteBuffer in)
      throws IOException {
    engine.beginHandshake();
    ByteBuffer nothing = ByteBuffer.allocate(64 << 10);
    while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
      switch (engine.getHandshakeStatus()) {
        case NEED_WRAP -> wrap(engine, socket);
        case NEED_TASK -> engine.getDelegatedTask().run();
        default -> {
          if (engine.unwrap(in, nothing).bytesConsumed() == 0) {
            in.compact();
            Channels.newChannel(socket.getInputStream()).read(in);
            in.flip();
          }
        }
      }
    }
  }
}
