package dev.ferry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.Bytes;
import dev.ferry.transfer.login.PublicKey;
import dev.ferry.transfer.login.Signer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SshAgentTest {
  private static final Bytes MESSAGE = Bytes.of("anything".getBytes(StandardCharsets.UTF_8));

  @TempDir Path temp;

  @Test
  void theRealOneSignsWithWhatItWasGiven() throws Exception {
    OpenSsh.assume();
    Path key = temp.resolve("key");
    OpenSsh.makeKey(key, "ed25519", "");
    OpenSsh.makeKey(temp.resolve("other"), "ecdsa", "");
    try (RealAgent real = RealAgent.start(temp)) {
      SshAgent agent = SshAgent.at(real.socket());
      assertThat(agent.keys()).isEmpty();
      real.add(temp.resolve("other"));
      real.add(key);
      Signer signer = agent.keys().getFirst();
      assertThat(agent.keys()).hasSize(1);
      PublicKey open = PublicKey.parse(Files.readString(KeyFiles.publicHalf(key)));
      assertThat(signer.publicKey()).isEqualTo(open);
      assertThat(open.verifies(MESSAGE, signer.sign(MESSAGE))).isTrue();
      real.remove(key);
      assertThatThrownBy(() -> signer.sign(MESSAGE))
          .isInstanceOf(CredentialException.class)
          .hasMessageContaining("refuses");
    }
  }

  @Test
  void whereNoneListensThatIsSaid() {
    Path nowhere = temp.resolve("nowhere");
    assertThatThrownBy(() -> SshAgent.at(nowhere).keys())
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("the ssh-agent at " + nowhere + " cannot be asked");
    Path tooLong = temp.resolve("x".repeat(200));
    assertThatThrownBy(() -> SshAgent.at(tooLong).keys()).isInstanceOf(CredentialException.class);
  }

  @Test
  void whateverElseAnswersIsNoAgent() throws Exception {
    answering("hung up", "");
    answering("hung up", "000000");
    answering("hung up", "00000005 0c 0000");
    answering("answered with 0 bytes", "00000000");
    answering("answered with 262145 bytes", "00040001");
    answering("answered with 4294967295 bytes", "ffffffff");
    answering("refuses", "00000001 05");
    answering("a message of type 6", "00000001 06");
    answering("cut off", "00000001 0c");
    answering("cut off", "00000005 0c 7fffffff");
    answering("cut off", "00000009 0c 00000001 ffffffff");
    answering("cut off", "00000009 0c 00000001 00000010");
  }

  private void answering(String why, String hex) throws Exception {
    try (FakeAgent fake = new FakeAgent(temp, hex)) {
      assertThatThrownBy(() -> SshAgent.at(fake.socket).keys())
          .as(hex)
          .isInstanceOf(CredentialException.class)
          .hasMessageContaining(why);
    }
  }

  @Test
  void keysOfOtherKindsAndBrokenOnesAreLeftOut() throws Exception {
    // One that is cut off within, one of another kind, one with something behind it.
    String keys = "0000000400000009 00000000" + "00000007 00000003 786d73 00000000";
    try (FakeAgent fake = new FakeAgent(temp, framed("0c 00000002" + keys))) {
      assertThat(SshAgent.at(fake.socket).keys()).isEmpty();
    }
  }

  @Test
  void whatIsNoSignatureIsNotTakenForOne() throws Exception {
    PublicKey key = PrivateKey.generate().publicKey();
    String blob = HexFormat.of().formatHex(key.blob().toArray());
    String list = framed("0c 00000001" + "00000033" + blob + "00000000");
    String kind =
        "0000000b" + HexFormat.of().formatHex(PublicKey.KIND.getBytes(StandardCharsets.US_ASCII));
    List<String> signatures =
        List.of(
            "",
            "00000004 00000000",
            "00000053" + kind + "00000041" + "00".repeat(65),
            "00000052" + kind + "0000003f" + "00".repeat(64),
            "0000004f 00000007 7373682d727361 00000040" + "00".repeat(64));
    for (String signature : signatures) {
      try (FakeAgent fake = new FakeAgent(temp, list, framed("0e" + signature))) {
        Signer signer = SshAgent.at(fake.socket).keys().getFirst();
        assertThatThrownBy(() -> signer.sign(MESSAGE))
            .as(signature)
            .isInstanceOf(CredentialException.class)
            .hasMessageContaining("no signature");
      }
    }
  }

  @Test
  void oneThatNeverAnswersIsNotWaitedForForEver() throws Exception {
    try (FakeAgent fake = new FakeAgent(temp, (String) null)) {
      assertThatThrownBy(() -> SshAgent.at(fake.socket, Duration.ofMillis(50)).keys())
          .isInstanceOf(CredentialException.class)
          .hasMessageContaining("does not answer");
    }
  }

  private static String framed(String hex) {
    return "%08x".formatted(bytes(hex).length) + hex;
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /** Answers each connection with the next of some bytes, and hangs up; null: with nothing. */
  private static final class FakeAgent implements AutoCloseable {
    private final Path socket;
    private final ServerSocketChannel server;
    private final List<SocketChannel> open = new ArrayList<>();
    private final CompletableFuture<Void> serving;

    FakeAgent(Path folder, String... answers) throws IOException {
      socket = folder.resolve("fake");
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      serving = CompletableFuture.runAsync(() -> serve(answers));
    }

    private void serve(String... answers) {
      for (String answer : answers) {
        try {
          SocketChannel channel = server.accept();
          open.add(channel);
          channel.read(ByteBuffer.allocate(4096));
          if (answer != null) {
            channel.write(ByteBuffer.wrap(bytes(answer)));
            channel.close();
          }
        } catch (IOException _) {
          return;
        }
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      serving.join();
      for (SocketChannel channel : open) {
        channel.close();
      }
      Files.delete(socket);
    }
  }
}
