package dev.ferry.client.cli;

import dev.ferry.protocol.Printable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs commands from a file or from standard input, one a line, as they come. The first line that
 * fails ends the run, unless it begins with {@code -}.
 */
final class BatchRun implements AutoCloseable {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final CommandContext context;
  private final String name;
  private final BufferedReader reader;

  private BatchRun(CommandContext context, String name, InputStream in) {
    this.context = context;
    this.name = name;
    reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
  }

  /** A run of this file; {@code -} is standard input. The caller closes it. */
  static BatchRun of(CommandContext context, String file) throws IOException {
    if (file.equals("-")) {
      return new BatchRun(context, file, context.io().in());
    }
    Path path = context.localFolder().resolve(file);
    return new BatchRun(context, file, Files.newInputStream(path));
  }

  /**
   * Opens a server, unless there is none to open, and runs the lines.
   *
   * @return the exit code of the line that ended the run
   */
  ExitCode run(String url) throws IOException {
    Lines lines = new Lines(context);
    ExitCode code = url == null ? ExitCode.OK : lines.open(url);
    for (int number = 1; code == ExitCode.OK && !context.isLeaving(); number++) {
      context.messages().prefix(Printable.text(name) + ":" + number + ": ");
      String line = next(number);
      if (line == null) {
        break;
      }
      code = run(lines, line.strip());
    }
    return code;
  }

  private ExitCode run(Lines lines, String line) {
    if (!line.startsWith("-")) {
      return lines.run(line);
    }
    ExitCode code = lines.run(line.substring(1));
    return mayFail(code) ? ExitCode.OK : code;
  }

  /** An interrupted command, or one whose reader is gone, ends the run all the same. */
  private static boolean mayFail(ExitCode code) {
    return switch (code) {
      case INTERRUPTED, TERMINATED, PIPE_CLOSED, DEFECT -> false;
      default -> true;
    };
  }

  private String next(int number) throws IOException {
    try {
      String line = reader.readLine();
      return number == 1 && line != null && line.startsWith(BYTE_ORDER_MARK)
          ? line.substring(1)
          : line;
    } catch (CharacterCodingException _) {
      throw new UsageException("this is not UTF-8 text");
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
