package dev.ferry.client.shell;

import dev.ferry.client.cli.Progress;
import dev.ferry.client.cli.ProgressFactory;
import dev.ferry.client.cli.Stdio;
import java.util.Map;

/**
 * A progress bar where the terminal can do it, else nothing. Needs no JLine, so it costs nothing.
 */
public final class TerminalProgress implements ProgressFactory {
  private final Map<String, String> environment;

  /** For the service loader. */
  public TerminalProgress() {
    this(System.getenv());
  }

  TerminalProgress(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Progress create(Stdio io) {
    String type = environment.getOrDefault("TERM", "dumb");
    return io.facts().errIsTerminal() && !type.equals("dumb")
        ? new ProgressBar(io.err(), io.facts().width(), System::nanoTime)
        : Progress.NONE;
  }
}
