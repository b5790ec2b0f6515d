package dev.ferry.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.link.LinkTimes;
import dev.ferry.transfer.tls.TlsContext;
import dev.ferry.transfer.tls.TlsProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a real server listens on. */
class ListenersTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path root;
  @TempDir Path state;
  @TempDir Path logs;

  @Test
  void everyOneOfThemSpeaksTlsOrIsPrivate() throws IOException {
    try (FerrydProcess ferryd =
        FerrydProcess.serve(logs.resolve("err"), ":", root, state, "--anonymous=read")) {
      Endpoint.Tcp ready = (Endpoint.Tcp) ferryd.awaitReady();
      Listeners listeners = Listeners.of(ferryd.pid());
      assertThat(listeners.tcp()).containsExactly(ready.port());
      assertThat(listeners.unix())
          .singleElement()
          .satisfies(socket -> assertThat(Path.of(socket)).startsWithRaw(state));
      for (int port : listeners.tcp()) {
        Endpoint there = new Endpoint.Tcp("127.0.0.1", port);
        assertThat(encrypted(there)).isNotNull();
        assertThatThrownBy(() -> plain(there)).hasMessageContaining("does not encrypt, and this");
      }
    }
  }

  private static Object encrypted(Endpoint there) throws IOException {
    try (TlsContext tls = TlsProvider.preferred().client();
        Link link = new Link(there.connect(LONG), "server", LinkTimes.STANDARD, tls.newEngine())) {
      return link.secure();
    }
  }

  private static void plain(Endpoint there) throws IOException {
    try (Link link = new Link(there.connect(LONG), "server", LinkTimes.STANDARD)) {
      Visitor.greet(link, Visitor.ANYBODY);
    }
  }
}
