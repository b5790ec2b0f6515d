package dev.ferry.client;

import dev.ferry.protocol.Bytes;
import dev.ferry.transfer.login.PublicKey;
import dev.ferry.transfer.login.Signer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An ssh-agent (draft-ietf-sshm-ssh-agent), which holds private keys and signs with them. Each
 * request has a connection of its own. Safe for use by many threads.
 */
public final class SshAgent {
  /** A person may be asked to confirm each signature. */
  static final Duration SIGNING = Duration.ofSeconds(60);

  private static final Duration LISTING = Duration.ofSeconds(10);

  /** OpenSSH's own limit for a message, in bytes. */
  private static final int MOST_BYTES = 256 << 10;

  private static final int FAILURE = 5;
  private static final int REQUEST_IDENTITIES = 11;
  private static final int IDENTITIES_ANSWER = 12;
  private static final int SIGN_REQUEST = 13;
  private static final int SIGN_RESPONSE = 14;

  private final Path socket;
  private final Duration listing;

  private SshAgent(Path socket, Duration listing) {
    this.socket = socket;
    this.listing = listing;
  }

  /** The agent that listens here, as SSH_AUTH_SOCK says. Does nothing yet. */
  public static SshAgent at(Path socket) {
    return new SshAgent(socket, LISTING);
  }

  /** One with less patience, for tests. */
  static SshAgent at(Path socket, Duration listing) {
    return new SshAgent(socket, listing);
  }

  /**
   * The keys it can log in with, in its own order; those of other kinds are left out. Waits at most
   * 10 s.
   *
   * @throws CredentialException if it does not answer as agents do
   */
  public List<Signer> keys() throws IOException {
    ByteBuffer answer = ask(IDENTITIES_ANSWER, listing, (byte) REQUEST_IDENTITIES);
    List<Signer> keys = new ArrayList<>();
    try {
      for (int left = answer.getInt(); left > 0; left--) {
        ByteBuffer blob = field(answer);
        field(answer); // a comment
        try {
          keys.add(new Key(PublicKey.ofBlob(blob)));
        } catch (IllegalArgumentException _) {
          // Of another kind.
        }
      }
    } catch (BufferUnderflowException _) {
      throw trouble("sent a list of keys that is cut off");
    }
    return keys;
  }

  /** A key that it holds. */
  private final class Key implements Signer {
    private final PublicKey publicKey;

    private Key(PublicKey publicKey) {
      this.publicKey = publicKey;
    }

    @Override
    public PublicKey publicKey() {
      return publicKey;
    }

    @Override
    public Duration patience() {
      return SIGNING;
    }

    @Override
    public Bytes sign(Bytes message) throws IOException {
      Bytes blob = publicKey.blob();
      ByteBuffer request =
          ByteBuffer.allocate(1 + 3 * Integer.BYTES + blob.length() + message.length())
              .put((byte) SIGN_REQUEST)
              .putInt(blob.length())
              .put(blob.toArray())
              .putInt(message.length())
              .put(message.toArray())
              .putInt(0);
      ByteBuffer answer = ask(SIGN_RESPONSE, SIGNING, request.array());
      try {
        ByteBuffer signature = field(answer);
        String kind = StandardCharsets.US_ASCII.decode(field(signature)).toString();
        byte[] bytes = new byte[PublicKey.SIGNATURE_BYTES];
        if (kind.equals(PublicKey.KIND) && field(signature).get(bytes).remaining() == 0) {
          return Bytes.of(bytes);
        }
      } catch (BufferUnderflowException _) {
        // Said below.
      }
      throw trouble("sent something that is no signature");
    }
  }

  private CredentialException trouble(String what) {
    return new CredentialException("the ssh-agent at %s %s".formatted(socket, what));
  }

  private static ByteBuffer field(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer field = in.slice(in.position(), length);
    in.position(in.position() + length);
    return field;
  }

  /**
   * Sends a request.
   *
   * @return what follows the type of the answer
   */
  private ByteBuffer ask(int expected, Duration limit, byte... request) throws IOException {
    ByteBuffer answer;
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.configureBlocking(false);
      Waiting waiting = new Waiting(channel, selector, System.nanoTime() + limit.toNanos());
      waiting.write(
          ByteBuffer.allocate(Integer.BYTES + request.length)
              .putInt(request.length)
              .put(request)
              .flip());
      int length = waiting.read(Integer.BYTES).getInt();
      if (length < 1 || length > MOST_BYTES) {
        throw trouble("answered with %d bytes".formatted(Integer.toUnsignedLong(length)));
      }
      answer = waiting.read(length);
    } catch (CredentialException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      throw trouble("cannot be asked: " + e.getMessage());
    }
    int type = Byte.toUnsignedInt(answer.get());
    if (type == FAILURE) {
      throw trouble("refuses: it may be locked, or was not allowed to sign");
    }
    if (type != expected) {
      throw trouble("answered with a message of type %d".formatted(type));
    }
    return answer;
  }

  /** Reads and writes with a limit of time, which a socket of this kind has not itself. */
  private final class Waiting {
    private final SocketChannel channel;
    private final Selector selector;
    private final long until;

    private Waiting(SocketChannel channel, Selector selector, long until) {
      this.channel = channel;
      this.selector = selector;
      this.until = until;
    }

    private void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        if (channel.write(bytes) == 0) {
          await(SelectionKey.OP_WRITE);
        }
      }
    }

    private ByteBuffer read(int count) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(count);
      while (bytes.hasRemaining()) {
        int read = channel.read(bytes);
        if (read < 0) {
          throw trouble("hung up");
        }
        if (read == 0) {
          await(SelectionKey.OP_READ);
        }
      }
      return bytes.flip();
    }

    private void await(int what) throws IOException {
      long millis = (until - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw trouble("does not answer");
      }
      channel.register(selector, what);
      selector.select(millis);
      selector.selectedKeys().clear();
    }
  }
}
