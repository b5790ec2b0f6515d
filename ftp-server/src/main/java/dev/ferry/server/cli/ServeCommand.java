package dev.ferry.server.cli;

import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.FerryServer;
import dev.ferry.server.ServerBuilder;
import dev.ferry.server.SessionThreads;
import dev.ferry.server.account.Registration;
import dev.ferry.transfer.link.Endpoint;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ferryd serve}: serves a folder until a signal ends it. */
@Command(
    name = "serve",
    description = "Serves a folder until SIGTERM, which lets running transfers finish.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = ServerVersion.class)
final class ServeCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--root", paramLabel = "DIR", required = true, description = "What to serve.")
  Path root;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1:9021",
      converter = Converters.Listen.class,
      description = "HOST:PORT (port 0: a free one) or unix:PATH. Default: ${DEFAULT-VALUE}.")
  Endpoint listen;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "The server's own files. Default: ~/.local/state/ferryd, for root /var/lib/ferryd.")
  Path state;

  @Option(
      names = "--anonymous",
      paramLabel = "read|write",
      converter = Converters.Access.class,
      description = "What everybody may do who can connect.")
  Role anonymous;

  @Option(
      names = "--registration",
      paramLabel = "off|invite|open",
      defaultValue = "off",
      converter = Converters.Registering.class,
      description =
          "Who may make an account with ferry register: nobody, who was invited (ferryd user"
              + " invite), or everybody, as a reader. Default: ${DEFAULT-VALUE}.")
  Registration registration;

  @Option(names = "--plaintext", description = "Serve TCP connections without encryption.")
  boolean plaintext;

  @ArgGroup(exclusive = false)
  CertificateOptions certificate;

  @Option(
      names = "--executor",
      paramLabel = "virtual|platform|pool:N",
      defaultValue = "virtual",
      converter = Converters.Threads.class,
      description = "What threads serve connections. Default: ${DEFAULT-VALUE}.")
  SessionThreads threads;

  @Mixin LimitOptions limits;

  @Option(
      names = "--durability",
      paramLabel = "file|batch|none",
      defaultValue = "batch",
      converter = Converters.Promise.class,
      description = "The least that \"done\" promises about the disk. Default: ${DEFAULT-VALUE}.")
  Durability durability;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long SIGTERM lets transfers go on. Default: ${DEFAULT-VALUE}.")
  int drain;

  @Option(
      names = "--allow-root",
      description = "Let root serve an address that other machines can reach.")
  boolean allowRoot;

  @Option(
      names = "--weak-confinement",
      description = "Serve although the system cannot keep swapped links out of the folder.")
  boolean weakConfinement;

  private final Machine machine;
  private final UnaryOperator<ServerBuilder> settings;

  /** For picocli. */
  ServeCommand() {
    this(Machine.here(), UnaryOperator.identity());
  }

  ServeCommand(Machine machine, UnaryOperator<ServerBuilder> settings) {
    this.machine = machine;
    this.settings = settings;
  }

  @Override
  public Integer call() throws InterruptedException {
    checkOptions();
    return new Foreground(err()).serve(settings.apply(builder()), null, this::ready);
  }

  private void ready(FerryServer server) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("ferryd ready on %s %s".formatted(server.endpoint(), protection(server)));
    out.flush();
  }

  private static String protection(FerryServer server) {
    return server.fingerprint() == null ? "plaintext" : "fingerprint " + server.fingerprint();
  }

  private void checkOptions() {
    if (drain < 0) {
      throw new ParameterException(spec.commandLine(), "--drain: 0 s or more");
    }
    if (certificate != null && (plaintext || listen instanceof Endpoint.Unix)) {
      throw new ParameterException(
          spec.commandLine(),
          "--certificate: nothing is encrypted with --plaintext and over Unix sockets");
    }
    if (machine.isRoot() && !listen.isPrivate() && !allowRoot) {
      throw new ParameterException(
          spec.commandLine(),
          "as root it does not listen on %s, where other machines can connect: run it as another"
                  .formatted(listen)
              + " user, or say --allow-root");
    }
  }

  private ServerBuilder builder() {
    machine.warnOfRoot(err());
    return FerryServer.serving(root)
        .listen(listen)
        .state(state == null ? machine.state() : state)
        .otherState(machine.state())
        .anonymous(anonymous)
        .registration(registration)
        .plaintext(plaintext)
        .certificate(certificate == null ? null : certificate.files())
        .weakConfinement(weakConfinement)
        .threads(threads)
        .limits(limits.limits())
        .times(limits.times())
        .durability(durability)
        .drain(Duration.ofSeconds(drain));
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
