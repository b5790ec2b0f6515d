package dev.ferry.client.cli;

import dev.ferry.client.FerryUrl;
import dev.ferry.client.Version;
import dev.ferry.client.cli.CommandContext.Surroundings;
import dev.ferry.transfer.tls.TlsProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ferry} without a command: the shell, or a batch run. */
@Command(
    name = "ferry",
    description = "Brings files there and back, whole or not at all.",
    synopsisHeading = "",
    customSynopsis = {
      "ferry [URL]           the shell; without a terminal, commands from standard input",
      "ferry -b FILE [URL]   a batch of commands; - is standard input",
      "ferry COMMAND …       one command"
    },
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "A URL is ferry://[user@]host[:port]/path or ferry+unix:[user@]/socket::/path.",
      "ferry help COMMAND tells about one command."
    })
final class FerryCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final Consumer<CommandContext> running;

  @Mixin private CommonOptions common;

  @Option(
      names = {"-b", "--batch"},
      paramLabel = "FILE",
      description = "Run the commands in this file, one a line.")
  private String batch;

  @Option(names = "--version", description = "Print the version; with -v also what it runs on.")
  private boolean version;

  @Parameters(arity = "0..1", paramLabel = "URL", description = "The server and folder to open.")
  private String url;

  /**
   * @param running hears what is to be cancelled when a signal comes
   */
  FerryCommand(Surroundings surroundings, Consumer<CommandContext> running) {
    this.surroundings = surroundings;
    this.running = running;
  }

  CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() throws IOException {
    if (version) {
      printVersion();
      return ExitCode.OK.number();
    }
    if (url != null && !FerryUrl.isUrl(url)) {
      throw new UsageException(Nearest.unknown(url, Commands.NAMES));
    }
    common.resolve(surroundings.folder());
    boolean shell = batch == null && surroundings.io().facts().inIsTerminal();
    return (shell ? shell(url, surroundings.folder(), common) : batch()).number();
  }

  private ExitCode batch() throws IOException {
    try (CommandContext context = CommandContext.shell(surroundings, common)) {
      running.accept(context);
      try (BatchRun run = BatchRun.of(context, batch == null ? "-" : batch)) {
        return run.run(url);
      }
    }
  }

  private void printVersion() throws IOException {
    Output out = surroundings.io().out();
    out.line("ferry " + Version.NUMBER);
    if (common.verbose()) {
      out.line("java  " + Runtime.version() + ", " + System.getProperty("java.vendor"));
      out.line("uses  " + TlsProvider.describe());
      out.line("from  " + System.getProperty("java.home"));
      out.line(
          "on    %s %s, %s"
              .formatted(
                  System.getProperty("os.name"),
                  System.getProperty("os.version"),
                  System.getProperty("os.arch")));
    }
    out.flush();
  }

  /**
   * Starts the shell, and returns when the person leaves.
   *
   * @param server what to open first; null: nothing
   * @param folder the current local folder
   */
  ExitCode shell(String server, Path folder, CommonOptions options) throws IOException {
    ShellLauncher launcher =
        ServiceLoader.load(ShellLauncher.class)
            .findFirst()
            .orElseThrow(() -> new UsageException("this build of Ferry has no shell"));
    Surroundings here = new Surroundings(surroundings.io(), surroundings.environment(), folder);
    try (CommandContext context = CommandContext.shell(here, options)) {
      running.accept(context);
      ExitCode opened = server == null ? ExitCode.OK : new Lines(context).open(server);
      return opened == ExitCode.OK ? launcher.run(context) : opened;
    }
  }
}
