package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.client.ClientOptions;
import dev.ferry.client.FerryClient;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FerryServerExtensionTest {
  @RegisterExtension final FerryServerExtension encrypted = FerryServerExtension.encrypted();

  @Test
  void anEncryptedOneKeepsItsFingerprintOverRestarts() throws IOException {
    assertThat(encrypted.fingerprint().text()).startsWith("SHA256:");
    try (FerryClient client = FerryClient.connect(encrypted.endpoint(), encrypted.options())) {
      client.ping();
    }
    encrypted.server().restart();
    try (FerryClient client = FerryClient.connect(encrypted.endpoint(), encrypted.options())) {
      client.ping();
    }
  }

  @RegisterExtension static final FerryServerExtension SHARED = FerryServerExtension.writable();

  @RegisterExtension final FerryServerExtension own = FerryServerExtension.readable();

  private static FerryClient connect(LocalServer server) throws IOException {
    return FerryClient.connect(server.endpoint(), ClientOptions.withoutEncryption());
  }

  @Test
  void clientsReachTheServerAndItsFolder() throws IOException {
    try (FerryClient client = connect(SHARED.server())) {
      client.makeFolder(TreePath.of("made"), false);
    }
    assertThat(SHARED.root().resolve("made")).isDirectory();
    assertThat(SHARED.url()).isEqualTo("ferry://" + SHARED.endpoint());
    assertThat(SHARED.server().log()).anyMatch(line -> line.contains("event=mkdir"));
  }

  @Test
  void readableServerRefusesChanges() throws IOException {
    try (FerryClient client = connect(own.server())) {
      assertThatThrownBy(() -> client.makeFolder(TreePath.of("made"), false))
          .isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void instanceFieldGivesEachTestItsOwn() throws IOException {
    assertThat(own.root()).isEmptyDirectory().isNotEqualTo(SHARED.root());
    Files.writeString(own.root().resolve("file"), "left by one test");
  }

  @Test
  void nothingIsLeftOfAnotherTest() {
    assertThat(own.root()).isEmptyDirectory();
  }

  @Test
  void restartedServerIsAtTheSamePlace() throws IOException {
    Files.writeString(own.root().resolve("file"), "hello");
    String url = own.url();
    own.server().restart();
    assertThat(own.url()).isEqualTo(url);
    try (FerryClient client = connect(own.server())) {
      assertThat(client.stat(TreePath.of("file")).size()).isEqualTo(5);
    }
  }

  @Test
  void folderIsGoneWithTheServer() throws IOException {
    LocalServer server = LocalServer.start();
    Path root = server.root();
    Files.createDirectories(root.resolve("deep/folder"));
    Files.createSymbolicLink(root.resolve("deep/link"), SHARED.root());
    server.close();
    assertThat(root).doesNotExist();
    assertThat(SHARED.root()).exists();
  }

  @Nested
  class Inside {
    @Test
    void serverOfTheOuterClassIsShared() {
      assertThat(SHARED.root()).exists();
    }
  }
}
