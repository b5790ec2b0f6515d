package dev.ferry.server.cli;

import dev.ferry.protocol.Printable;
import dev.ferry.protocol.RefusedException;
import dev.ferry.server.NoServerException;
import dev.ferry.server.audit.NotIntactException;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code ferryd}. */
@Command(
    name = "ferryd",
    description = "The Ferry server.",
    mixinStandardHelpOptions = true,
    versionProvider = ServerVersion.class,
    subcommands = {
      ServeCommand.class,
      ShareCommand.class,
      UserCommand.class,
      TokenCommand.class,
      SessionsCommand.class,
      AuditCommand.class,
      FingerprintCommand.class
    })
public final class Ferryd implements Runnable {
  @Spec CommandSpec spec;

  @Option(
      names = {"-v", "--verbose"},
      description = "With --version: also say what it uses.")
  boolean verbose;

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command with its ways to report errors: one line on standard error, and an exit code. */
  static CommandLine commandLine() {
    return new CommandLine(new Ferryd())
        .setParameterExceptionHandler(Ferryd::usage)
        .setExecutionExceptionHandler(Ferryd::defect);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what shall it do? Try: ferryd serve --help");
  }

  static int usage(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("ferryd: " + e.getMessage());
    err.flush();
    return ExitCodes.USAGE;
  }

  private static int defect(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof IOException) {
      err.println("ferryd: " + Printable.text(String.valueOf(e.getMessage())));
      err.flush();
      return switch (e) {
        case RefusedException _ -> ExitCodes.REFUSED;
        case NotIntactException _ -> ExitCodes.NOT_VERIFIED;
        case NoServerException _ -> ExitCodes.NO_SERVER;
        default -> ExitCodes.BAD_ROOT;
      };
    }
    err.println("ferryd: a defect in Ferry itself: " + e);
    e.printStackTrace(err);
    err.flush();
    return ExitCodes.DEFECT;
  }
}
