package dev.ferry.client.cli;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.Reason;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A defect in Ferry itself: one line for the person, the rest in a file for whoever repairs it. */
final class Defect {
  private Defect() {}

  /** Writes the stack trace to a file of its own. */
  static Failure write(Throwable why) {
    String text =
        "a defect in Ferry itself: %s; please report it with %s"
            .formatted(Printable.text(why.toString()), written(why));
    return new Failure(ExitCode.DEFECT, new Reason(ErrorCode.INTERNAL, text), text);
  }

  private static String written(Throwable why) {
    StringWriter trace = new StringWriter();
    why.printStackTrace(new PrintWriter(trace));
    try {
      Path file = Files.createTempFile("ferry-defect-", ".txt");
      Files.writeString(file, trace.toString());
      return file.toString();
    } catch (IOException e) {
      return "its stack trace, which could not be written to a file: "
          + Printable.text(trace.toString());
    }
  }
}
