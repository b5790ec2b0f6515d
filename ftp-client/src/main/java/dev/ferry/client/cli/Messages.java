package dev.ferry.client.cli;

import dev.ferry.protocol.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What commands say on standard error, one line at a time: what was attempted, where, why it failed
 * and what to do next. Safe for use by many threads.
 */
public final class Messages {
  private final CommandContext context;
  private volatile String prefix = "";
  private volatile String command = "ferry";
  private volatile Progress progress = Progress.NONE;

  Messages(CommandContext context) {
    this.context = context;
  }

  /** What every line begins with: where a batch run is, or empty. */
  void prefix(String text) {
    prefix = text;
  }

  /** The command that lines are about: {@code "ferry get"}. */
  void command(String name) {
    command = name;
  }

  /** Lines are written around this from now on. */
  void progress(Progress shown) {
    progress = shown;
  }

  /** Says that a command failed. */
  void failed(Failure failure) {
    failed(failure, "");
  }

  /**
   * Says that a command failed.
   *
   * @param next what to do about it, or empty
   */
  void failed(Failure failure, String next) {
    if (failure.code() != ExitCode.PIPE_CLOSED) {
      line(failure.text() + (next.isEmpty() ? "" : "; " + next));
    }
  }

  /**
   * Says that an item failed.
   *
   * @param path foreign text
   */
  void failed(String path, Failure failure, String next) {
    line(Printable.text(path) + ": " + failure.text() + (next.isEmpty() ? "" : "; " + next));
  }

  /** Says what the person should know, although nothing failed. */
  public void note(String text) {
    if (!context.options().quiet()) {
      line(text);
    }
  }

  /** Says what a person wants to know who asked for more. */
  public void detail(String text) {
    if (context.options().verbose()) {
      line(text);
    }
  }

  /** Says what went wrong and that it is tried again. */
  void retrying(int attempt, int of, Duration pause, IOException why) {
    note(
        "%s; try %d of %d in %.1f s"
            .formatted(Printable.text(why.getMessage()), attempt, of, pause.toMillis() / 1000.0));
  }

  /** Something to talk about with the person. */
  @FunctionalInterface
  interface Talk<T> {
    T run() throws IOException;
  }

  /** Talks with the person, with nothing else on the screen meanwhile. */
  <T> T around(Talk<T> talk) throws IOException {
    AtomicReference<T> answer = new AtomicReference<>();
    try {
      progress.interrupt(
          () -> {
            try {
              answer.set(talk.run());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return answer.get();
  }

  /** Writes a whole line as it is, with nothing before it. */
  void plain(String text) {
    progress.interrupt(() -> context.io().err().println(text));
  }

  private void line(String text) {
    plain(prefix + (command.isEmpty() ? "" : command + ": ") + text);
  }
}
