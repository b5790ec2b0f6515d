package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.ClientOptions;
import dev.ferry.client.FerryClient;
import dev.ferry.client.FileKind;
import dev.ferry.protocol.TreePath;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FerryServerExtension.class)
class InjectedServerTest {
  private static LocalServer ofTheClass;

  @BeforeAll
  static void remember(LocalServer server) {
    ofTheClass = server;
  }

  @Test
  void serverIsFilledInAndSharedByTheClass(LocalServer server) throws IOException {
    assertThat(server).isSameAs(ofTheClass);
    try (FerryClient client =
        FerryClient.connect(server.endpoint(), ClientOptions.withoutEncryption())) {
      assertThat(client.stat(TreePath.ROOT).kind()).isEqualTo(FileKind.FOLDER);
    }
  }
}
