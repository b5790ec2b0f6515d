package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.client.ClientOptions;
import dev.ferry.client.FerryClient;
import dev.ferry.client.ListRequest;
import dev.ferry.client.RemotePath;
import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.FerryServer;
import dev.ferry.server.account.Account;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.login.Scram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users whose names and homes look alike have nothing of each other, and no name is a path. */
class HomesTest {
  @TempDir private Path temp;
  private final KeyAccounts accounts = new KeyAccounts();
  private Path root;
  private FerryServer server;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
    accounts.add("al", "/home/al");
    accounts.add("alice", "/home/alice");
    Snapshot.plant(root.resolve("home/alice"));
    Files.createDirectories(root.resolve("home/al/mine"));
    Files.writeString(root.resolve("home/al/note"), "al's");
    server =
        FerryServer.serving(root)
            .accounts(accounts)
            .plaintext(true)
            .durability(Durability.NONE)
            .drain(Duration.ZERO)
            .start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private FerryClient login(Credential credential) throws IOException {
    return FerryClient.connect(
        server.endpoint(), ClientOptions.withoutEncryption().with(credential));
  }

  @Test
  void aHomeThatBeginsLikeAnotherOpensNothingOfIt() throws IOException {
    SortedMap<String, String> alices = Snapshot.of(root.resolve("home/alice"));
    try (FerryClient al = login(accounts.login("al"))) {
      assertThat(listed(al)).containsExactlyInAnyOrder("/mine", "/note");
      for (String name : new String[] {"alice", "ice", "home/alice", "../alice", "/home/alice"}) {
        TreePath path = TreePath.parse(name + "/file");
        TreePath folder = path.parent();
        assertNotFound(() -> al.stat(path));
        assertNotFound(() -> al.checksum(path));
        assertNotFound(() -> al.remove(path, false));
        assertNotFound(() -> al.remove(folder, true));
        assertNotFound(() -> al.rename(path, TreePath.of("got")));
        assertNotFound(() -> al.rename(TreePath.of("note"), folder.child("put")));
        assertNotFound(() -> al.makeFolder(folder.child("made"), false));
        assertNotFound(() -> al.cat(path, null, 0));
      }
      al.makeFolder(TreePath.of("alice", "file"), true);
    }
    assertThat(root.resolve("home/al/alice/file")).isDirectory();
    assertThat(Snapshot.of(root.resolve("home/alice"))).isEqualTo(alices);
  }

  private static List<String> listed(FerryClient client) throws IOException {
    List<String> found = new ArrayList<>();
    client.list(
        new ListRequest(RemotePath.of(TreePath.ROOT), false, true),
        file -> found.add(file.path().toString()));
    return found;
  }

  private interface Request {
    void send() throws IOException;
  }

  private static void assertNotFound(Request request) {
    assertThatThrownBy(request::send)
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.reason().known()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void noUserNameIsAPath() throws IOException {
    SortedMap<String, String> before = Snapshot.of(temp);
    List<HostileName> names = HostileName.corpus(2_000);
    for (HostileName name : names) {
      String text = name.text();
      assertThat(Account.isName(text)).as("%s", name).isEqualTo(isPlain(text));
      if (!isPlain(text)) {
        assertThatThrownBy(() -> accounts.add(text, "/"))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
    for (HostileName name : names.subList(0, 150)) {
      if (name.bytes().length() <= 4000) {
        assertThatThrownBy(() -> enter(accounts.login(name.text())))
            .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> enter(registration(name.text()))).isInstanceOf(IOException.class);
      }
    }
    assertThat(Snapshot.of(temp)).isEqualTo(before);
  }

  private static boolean isPlain(String name) {
    return name.matches("[a-z0-9][a-z0-9._-]{0,31}") && !name.equals("anonymous");
  }

  private static Credential registration(String name) {
    Bytes salt = Bytes.of(new byte[Scram.SALT_BYTES]);
    Scram.Verifier verifier =
        new Scram.Verifier(salt, Scram.ITERATIONS, Scram.nonce(), Scram.nonce());
    return new Credential.Registration(name, verifier, Bytes.NONE);
  }

  private void enter(Credential credential) throws IOException {
    try (FerryClient client = login(credential)) {
      client.ping();
    }
  }
}
