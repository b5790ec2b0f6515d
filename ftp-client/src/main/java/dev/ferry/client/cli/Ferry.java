package dev.ferry.client.cli;

import dev.ferry.client.cli.CommandContext.Surroundings;
import dev.ferry.client.cli.Stdio.Facts;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;

/** The program {@code ferry}. */
public final class Ferry {
  /** How long a command that was interrupted may take to end in order with the server. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** How long it may take to clean up after its connection was cut. */
  private static final Duration LAST_GRACE = Duration.ofMillis(800);

  private final Surroundings surroundings;
  private volatile CommandContext running;
  private volatile ExitCode ending;

  private Ferry(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Runs, and ends the process with the exit code. */
  public static void main(String[] arguments) {
    Ferry ferry = new Ferry(surroundings());
    Signals.on("INT", () -> ferry.end(ExitCode.INTERRUPTED));
    Signals.on("TERM", () -> ferry.end(ExitCode.TERMINATED));
    System.exit(ferry.run(arguments).number());
  }

  /** Runs within this process. */
  static ExitCode run(Surroundings surroundings, String... arguments) {
    return new Ferry(surroundings).run(arguments);
  }

  private ExitCode run(String[] arguments) {
    try (CommandContext context = CommandContext.oneShot(surroundings)) {
      running = context;
      FerryCommand root = new FerryCommand(surroundings, shell -> running = shell);
      CommandLine tree = Commands.oneShot(context, root, arguments);
      context.inherit(root.common());
      ExitCode code = ExitCode.of(execute(tree, arguments, context));
      return ending == null ? code : ending;
    }
  }

  private static int execute(CommandLine tree, String[] arguments, CommandContext context) {
    try {
      int code = tree.execute(arguments);
      context.io().out().flush();
      return code;
    } catch (OutputException | RuntimeException | Error e) {
      return Commands.failed(e, context);
    }
  }

  /** A signal has come: the first one lets the command end in order, the second one does not. */
  private void end(ExitCode code) {
    CommandContext context = running;
    boolean asked = Echo.on();
    if (asked) {
      surroundings.io().err().println();
    }
    if (asked || ending != null || context == null) {
      Runtime.getRuntime().halt(code.number());
    }
    ending = code;
    context.cancel();
    Thread.ofPlatform().daemon().start(() -> haltAfterGrace(context, code));
  }

  private static void haltAfterGrace(CommandContext context, ExitCode code) {
    try {
      Thread.sleep(GRACE);
      context.cancel();
      Thread.sleep(LAST_GRACE);
    } catch (InterruptedException _) {
      // Then it ends right now.
    }
    context.messages().failed(Failure.interrupted());
    Runtime.getRuntime().halt(code.number());
  }

  private static Surroundings surroundings() {
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    Output out = new Output(new FileOutputStream(FileDescriptor.out), () -> Descriptors.isPipe(1));
    boolean terminal = Descriptors.isTerminal(1);
    boolean color = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    Facts facts =
        new Facts(
            Descriptors.isTerminal(0), terminal, Descriptors.isTerminal(2), Width::ask, color);
    return new Surroundings(
        new Stdio(System.in, out, err, facts), System.getenv(), Path.of("").toAbsolutePath());
  }
}
