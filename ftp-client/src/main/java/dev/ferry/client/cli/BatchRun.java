package dev.ferry.client.cli;

import dev.ferry.protocol.Printable;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
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
  private final BufferedInputStream in;

  private BatchRun(CommandContext context, String name, InputStream in) {
    this.context = context;
    this.name = name;
    this.in = new BufferedInputStream(in);
  }

  /** A run of this file; {@code -} is standard input. The caller closes it. */
  static BatchRun of(CommandContext context, String file) throws IOException {
    if (file.equals("-")) {
      context.password().takeInput();
      return new BatchRun(context, file, context.io().in());
    }
    Path path = LocalPath.of(context.localFolder(), file).path();
    return new BatchRun(context, file, Files.newInputStream(path));
  }

  /**
   * Opens a server, unless there is none to open, and runs the lines.
   *
   * @return the exit code of the line that ended the run
   */
  ExitCode run(String url) {
    Lines lines = new Lines(context);
    ExitCode code = url == null ? ExitCode.OK : lines.open(url);
    for (int number = 1; code == ExitCode.OK && !context.isLeaving(); number++) {
      context.messages().prefix(Printable.text(name) + ":" + number + ": ");
      context.messages().command("");
      try {
        String line = next();
        if (line == null) {
          break;
        }
        code = run(lines, line.strip());
      } catch (IOException e) {
        code = ExitCode.of(Commands.failed(e, context));
      }
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

  /** The next line, or null after the last. */
  private String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      line.write(next);
      next = in.read();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException _) {
      throw new UsageException("this line is not UTF-8 text");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
