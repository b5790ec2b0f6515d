package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ferry.client.KnownAccounts;
import dev.ferry.client.cli.Program.Result;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.RefusedException;
import dev.ferry.server.FerryServer;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.link.Greeting;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.link.LinkTimes;
import dev.ferry.transfer.login.Binding;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.login.Scram;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets over a network that anybody may listen to: neither side takes part in it. */
class PlaintextLoginTest {
  @TempDir Path temp;
  private final KnownAccounts accounts = new KnownAccounts();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private FerryServer server;

  @BeforeEach
  void start() throws IOException {
    InetAddress address =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress())
            .findFirst()
            .orElse(null);
    assumeTrue(address != null, "a network interface other than loopback is missing");
    accounts.add("alice", Role.WRITER, "/");
    server =
        FerryServer.serving(temp)
            .listen(new Endpoint.Tcp(address.getHostAddress(), 0))
            .plaintext(true)
            .anonymous(Role.READER)
            .accounts(accounts)
            .drain(Duration.ZERO)
            .log(log::add)
            .start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private Result ls(String user, String name, String secret) {
    return Program.in(temp)
        .run(
            Map.of("FERRY_CONFIG_DIR", temp.resolve("config").toString(), name, secret),
            "ls",
            "--plaintext",
            "ferry://" + user + server.endpoint() + "/");
  }

  @Test
  void clientSaysNothing() {
    for (Result result :
        List.of(
            ls("alice@", "FERRY_PASSWORD", KnownAccounts.PASSWORD),
            ls("", "FERRY_TOKEN", accounts.issue().text()))) {
      assertThat(result.code()).isEqualTo(ExitCode.IDENTITY);
      assertThat(result.message()).contains("without encryption", "--plaintext");
    }
    await().until(() -> log.stream().filter(line -> line.contains(" event=close ")).count() == 2);
    assertThat(log)
        .filteredOn(line -> line.contains(" event=close "))
        .allMatch(line -> line.contains(" in=0 "));
    assertThat(ls("", "A", "b").code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void serverTakesNothing() {
    for (Credential credential :
        List.of(
            new Credential.Password("alice", Scram.password(KnownAccounts.PASSWORD.toCharArray())),
            new Credential.ByToken(accounts.issue()))) {
      assertThatThrownBy(() -> login(credential))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("over encrypted connections, loopback and Unix sockets only");
    }
  }

  private void login(Credential credential) throws IOException {
    try (Link link =
        new Link(server.endpoint().connect(Duration.ofSeconds(10)), "server", LinkTimes.STANDARD)) {
      Credential.Exchange exchange = credential.begin(Binding.NONE);
      Greeting.say(link, "test", exchange);
      link.flush();
      if (exchange.isAskedBack()) {
        Greeting.asked(link);
      }
      Greeting.hear(link, exchange);
    }
  }
}
