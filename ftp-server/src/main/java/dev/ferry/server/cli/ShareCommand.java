package dev.ferry.server.cli;

import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.FerryServer;
import dev.ferry.server.account.SharedToken;
import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ferryd share}: serves one folder for a while, to whoever gets the line it prints. */
@Command(
    name = "share",
    description = {
      "Serves one folder for a while, and prints one line for the other person.",
      "The line holds a secret: whoever has it may read the folder (or, with --upload, also add,"
          + " replace, rename and remove what is in it) until its time is over."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = ServerVersion.class)
final class ShareCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "What to share.")
  Path root;

  @Option(
      names = "--upload",
      description =
          "Let the other person write: add files, and also replace, rename and remove those there"
              + " are.")
  boolean upload;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      converter = Converters.Host.class,
      description =
          "The name or address by which the other person reaches this machine; its address if not"
              + " given.")
  String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "The port to listen on; a free one if not given.")
  int port;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = Converters.Time.class,
      description = "How long: 90s, 30m, 12h, 7d. Default: ${DEFAULT-VALUE}.")
  Duration time;

  @Option(names = "--allow-root", description = "Let root share with other machines.")
  boolean allowRoot;

  @Option(
      names = "--weak-confinement",
      description = "Share although the system cannot keep swapped links out of the folder.")
  boolean weakConfinement;

  private final Machine machine;

  /** For picocli. */
  ShareCommand() {
    this(Machine.here());
  }

  ShareCommand(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Integer call() throws InterruptedException {
    Endpoint.Tcp listen = listen();
    if (machine.isRoot() && !listen.isPrivate() && !allowRoot) {
      throw new ParameterException(
          spec.commandLine(),
          "as root it does not share with other machines: run it as another user, say --allow-root,"
              + " or --host localhost");
    }
    machine.warnOfRoot(spec.commandLine().getErr());
    SharedToken shared =
        SharedToken.until(Instant.now().plus(time), upload ? Role.WRITER : Role.READER);
    return new Foreground(spec.commandLine().getErr())
        .serve(
            FerryServer.serving(root)
                .listen(listen)
                .accounts(shared)
                .otherState(machine.state())
                .weakConfinement(weakConfinement),
            time,
            server -> ready(server, shared));
  }

  private Endpoint.Tcp listen() {
    if (host == null) {
      host = ownAddress();
    }
    boolean here = new Endpoint.Tcp(host, port).isPrivate();
    return new Endpoint.Tcp(here ? "127.0.0.1" : "0.0.0.0", port);
  }

  /** An address that others in the same network can reach; else loopback. */
  private static String ownAddress() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(ShareCommand::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> address instanceof Inet4Address && !address.isLinkLocalAddress())
          .map(InetAddress::getHostAddress)
          .findFirst()
          .orElse("127.0.0.1");
    } catch (IOException _) {
      return "127.0.0.1";
    }
  }

  private static boolean isUp(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback();
    } catch (IOException _) {
      return false;
    }
  }

  /** The one line that holds a secret on purpose. */
  private void ready(FerryServer server, SharedToken shared) {
    String url = "ferry://%s/".formatted(new Endpoint.Tcp(host, server.port()));
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "FERRY_TOKEN=%s ferry %s --fingerprint %s %s"
            .formatted(
                shared.token().text(),
                upload ? "put" : "get -r",
                server.fingerprint(),
                upload ? "FILE " + url : url + " ."));
    out.flush();
  }
}
