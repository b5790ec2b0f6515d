package dev.ferry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.FerryServer;
import dev.ferry.server.account.Sessions;
import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.login.Caveat;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.login.PublicKey;
import dev.ferry.transfer.login.Scram;
import dev.ferry.transfer.login.Signer;
import dev.ferry.transfer.login.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to log in, through an encrypted connection to a real server. */
class LoginTest {
  private static final WritableByteChannel NOWHERE =
      Channels.newChannel(OutputStream.nullOutputStream());

  @TempDir Path root;
  private final KnownAccounts accounts = new KnownAccounts();
  private final TestKey key = new TestKey();
  private FerryServer server;

  /** A key pair in memory. */
  private static final class TestKey implements Signer {
    private static final int ENCODED_HEAD = 12;
    private final KeyPair pair;

    TestKey() {
      try {
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public PublicKey publicKey() {
      byte[] encoded = pair.getPublic().getEncoded();
      return new PublicKey(Bytes.of(Arrays.copyOfRange(encoded, ENCODED_HEAD, encoded.length)));
    }

    @Override
    public Bytes sign(Bytes message) throws IOException {
      try {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(message.toArray());
        return Bytes.of(signature.sign());
      } catch (GeneralSecurityException e) {
        throw new IOException(e);
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    Files.writeString(root.resolve("everybody"), "root");
    Files.createDirectories(root.resolve("team/alice"));
    Files.writeString(root.resolve("team/alice/own"), "mine");
    accounts.add("alice", Frame.Role.WRITER, "/team/alice", key.publicKey());
    accounts.add("bob", Frame.Role.READER, "/new/bob");
    server = FerryServer.serving(root).accounts(accounts).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private FerryClient connect(Credential credential) throws IOException {
    return FerryClient.connect(
        server.endpoint(),
        ClientOptions.encrypted(Trust.only(server.fingerprint())).with(credential));
  }

  private static Credential password(String user, String password) {
    return new Credential.Password(user, Scram.password(password.toCharArray()));
  }

  private void refused(Credential credential, String why) {
    assertThatThrownBy(
            () -> {
              try (FerryClient client = connect(credential)) {
                client.stat(TreePath.ROOT);
              }
            })
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.reason().is(ErrorCode.LOGIN_REFUSED)).isTrue())
        .hasMessageContaining(why);
  }

  @Test
  void passwordOpensTheHomeAndNothingElse() throws IOException {
    try (FerryClient alice = connect(password("alice", KnownAccounts.PASSWORD))) {
      assertThat(alice.stat(TreePath.of("own")).size()).isEqualTo(4);
      assertThat(alice.role()).isEqualTo(Role.WRITER);
      assertThatThrownBy(() -> alice.stat(TreePath.of("everybody")))
          .isInstanceOf(RefusedException.class);
      alice.makeFolder(TreePath.of("made"), false);
    }
    assertThat(root.resolve("team/alice/made")).isDirectory();
  }

  @Test
  void missingHomeIsMade() throws IOException {
    try (FerryClient bob = connect(password("bob", KnownAccounts.PASSWORD))) {
      bob.stat(TreePath.ROOT);
      assertThatThrownBy(() -> bob.makeFolder(TreePath.of("made"), false))
          .isInstanceOf(RefusedException.class);
    }
    assertThat(root.resolve("new/bob")).isEmptyDirectory();
  }

  @Test
  void whoeverIsRefusedHearsTheSame() {
    String why = "the user name or the password is wrong";
    refused(password("alice", "wrong"), why);
    refused(password("nobody", KnownAccounts.PASSWORD), why);
    accounts.lock("alice");
    refused(password("alice", KnownAccounts.PASSWORD), why);
  }

  @Test
  void keyOpensItsAccountOnly() throws IOException {
    try (FerryClient alice = connect(new Credential.Key("alice", key))) {
      assertThat(alice.stat(TreePath.of("own")).size()).isEqualTo(4);
    }
    refused(new Credential.Key("bob", key), "does not open this account");
    refused(new Credential.Key("nobody", key), "does not open this account");
    refused(new Credential.Key("alice", new TestKey()), "does not open this account");
    accounts.lock("alice");
    refused(new Credential.Key("alice", key), "does not open this account");
  }

  @Test
  void sessionsEndWithWhatTheyRestOn() throws IOException {
    Token token = accounts.issue();
    try (FerryClient byPassword = connect(password("alice", KnownAccounts.PASSWORD));
        FerryClient byKey = connect(new Credential.Key("alice", key));
        FerryClient byToken = connect(new Credential.ByToken(token));
        FerryClient bob = connect(password("bob", KnownAccounts.PASSWORD))) {
      for (FerryClient client : List.of(byPassword, byKey, byToken, bob)) {
        client.stat(TreePath.ROOT);
      }
      assertThat(server.sessions().list())
          .extracting(Sessions.SessionInfo::user)
          .containsExactlyInAnyOrder("alice", "alice", "token:" + token.id(), "bob");
      accounts.lock("alice");
      accounts.takeBack(token);
      server.sessions().review();
      for (FerryClient client : List.of(byPassword, byKey, byToken)) {
        assertThatThrownBy(() -> client.stat(TreePath.ROOT)).isInstanceOf(IOException.class);
      }
      bob.stat(TreePath.ROOT);
      Sessions.SessionInfo last = server.sessions().list().getLast();
      assertThat(last.user()).isEqualTo("bob");
      assertThat(server.sessions().end(last.id())).isTrue();
      assertThat(server.sessions().end("nosuch")).isFalse();
      assertThatThrownBy(() -> bob.stat(TreePath.ROOT)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void nobodyIsLetInWithoutAName() {
    refused(Credential.anonymous(), "lets nobody in without a name");
  }

  @Test
  void tokenOpensWhatItSays() throws IOException {
    Token token =
        accounts.issue(
            new Caveat.AtMost(Frame.Role.WRITER),
            new Caveat.Until(Instant.now().plus(1, ChronoUnit.HOURS)));
    try (FerryClient holder = connect(new Credential.ByToken(token))) {
      assertThat(holder.stat(TreePath.of("everybody")).size()).isEqualTo(4);
    }
    Token narrower =
        token
            .narrowed(new Caveat.Below(TreePath.of("team")))
            .narrowed(new Caveat.Below(TreePath.of("alice")))
            .narrowed(new Caveat.AtMost(Frame.Role.READER));
    try (FerryClient holder = connect(new Credential.ByToken(narrower))) {
      assertThat(holder.stat(TreePath.of("own")).size()).isEqualTo(4);
      assertThat(holder.role()).isEqualTo(Role.READER);
      assertThatThrownBy(() -> holder.remove(TreePath.of("own"), false))
          .isInstanceOf(RefusedException.class);
    }
    accounts.takeBack(token);
    refused(new Credential.ByToken(token), "the token is not good here");
    refused(new Credential.ByToken(narrower), "the token is not good here");
  }

  @Test
  void tokenThatEndedIsRefused() throws IOException {
    Token token = accounts.issue(new Caveat.Until(Instant.parse("2026-01-02T03:04:05Z")));
    refused(new Credential.ByToken(token), "the token was good until 2026-01-02T03:04:05Z");
    Token nowhere = accounts.issue(new Caveat.Below(TreePath.of("nowhere")));
    refused(new Credential.ByToken(nowhere), "is not there");
  }

  @Test
  void tokenThatEndsEndsTheJobThatRuns() throws IOException {
    byte[] large = new byte[16 << 20];
    new Random(5).nextBytes(large);
    Files.write(root.resolve("large"), large);
    Token token = accounts.issue(new Caveat.Until(Instant.now().plusSeconds(2)));
    try (FerryClient holder = connect(new Credential.ByToken(token))) {
      assertThatThrownBy(() -> holder.cat(TreePath.of("large"), NOWHERE, 1 << 20))
          .isInstanceOf(ConnectionLostException.class);
    }
  }

  @Test
  void homesThatAreNoneAreRefused() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), root.resolve("team"));
    accounts.add("dave", Frame.Role.READER, "/everybody", key.publicKey());
    accounts.add("erin", Frame.Role.READER, "/link", key.publicKey());
    refused(new Credential.Key("dave", key), "leads to cannot be used: not a folder");
    refused(new Credential.Key("erin", key), "leads to cannot be used: not a folder");
    Token token = accounts.issue(new Caveat.Below(TreePath.of("everybody")));
    refused(new Credential.ByToken(token), "leads to cannot be used: not a folder");
  }

  @Test
  void tokenMovesNoMoreThanItMay() throws IOException {
    Files.write(root.resolve("six"), new byte[6]);
    Token token = accounts.issue(new Caveat.Moving(10));
    try (FerryClient holder = connect(new Credential.ByToken(token))) {
      assertThat(holder.cat(TreePath.of("six"), NOWHERE, 0)).isEqualTo(6);
    }
    try (FerryClient holder = connect(new Credential.ByToken(token))) {
      assertThatThrownBy(() -> holder.cat(TreePath.of("six"), NOWHERE, 0))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.reason().is(ErrorCode.QUOTA)).isTrue());
    }
  }

  @Test
  void registrationOpensTheNewAccount() throws IOException {
    Scram.Verifier verifier = Scram.Verifier.of(Scram.password("new one".toCharArray()));
    refused(new Credential.Registration("carol", verifier, Bytes.NONE), "invitation");
    try (FerryClient carol =
        connect(new Credential.Registration("carol", verifier, Bytes.of((byte) 7)))) {
      carol.stat(TreePath.ROOT);
    }
    try (FerryClient carol = connect(password("carol", "new one"))) {
      carol.stat(TreePath.ROOT);
      assertThat(carol.role()).isEqualTo(Role.READER);
    }
  }

  @Test
  void loopbackNeedsNoEncryption() throws IOException {
    Token token = accounts.issue();
    try (FerryServer plain = FerryServer.serving(root).accounts(accounts).plaintext(true).start();
        FerryClient client =
            FerryClient.connect(
                new Endpoint.Tcp("127.0.0.1", plain.port()),
                ClientOptions.withoutEncryption().with(new Credential.ByToken(token)))) {
      assertThat(client.stat(TreePath.of("everybody")).size()).isEqualTo(4);
    }
  }
}
