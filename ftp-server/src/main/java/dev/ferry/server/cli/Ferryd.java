package dev.ferry.server.cli;

import dev.ferry.protocol.Printable;
import dev.ferry.protocol.RefusedException;
import dev.ferry.server.NoServerException;
import dev.ferry.server.account.StateException;
import dev.ferry.server.audit.NotIntactException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
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
      FingerprintCommand.class,
      CommandLine.HelpCommand.class
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
        .registerConverter(Path.class, Converters::file)
        .setParameterExceptionHandler(Ferryd::usage)
        .setExecutionExceptionHandler(Ferryd::defect);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what shall it do? Try: ferryd serve --help");
  }

  static int usage(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("ferryd: " + Usage.text(e));
    err.flush();
    return ExitCodes.USAGE;
  }

  /** The system's own messages are often no more than a path. */
  private static String words(IOException e) {
    return e instanceof FileSystemException of && of.getFile() != null
        ? of.getFile() + ": " + StateException.reason(of, of.getFile())
        : String.valueOf(e.getMessage());
  }

  private static int defect(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof IOException failure) {
      err.println("ferryd: " + Printable.text(words(failure)));
      err.flush();
      return switch (failure) {
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
