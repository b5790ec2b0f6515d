package dev.ferry.protocol;

import dev.ferry.protocol.Frame.FileAttributes;
import java.util.List;
import java.util.Locale;

/**
 * One line for each frame, for people who look for a fault: direction and type in columns of fixed
 * width, then the fields that tell one frame from another, all in at most {@value #WIDTH}
 * characters. Names and texts go through {@link Printable}. Proofs, users, content and hashes of
 * content never appear.
 *
 * <pre>
 * {@code >> STAT         path=/docs/a.txt}
 * {@code << ERROR        code=NOT-FOUND component=1 text="docs/a.txt: no such file"}
 * </pre>
 */
public final class FrameLog {
  /** The longest line, in characters. */
  public static final int WIDTH = 120;

  /** Which way a frame goes, seen from the side that writes the log. */
  public enum Direction {
    IN("<<"),
    OUT(">>");

    private final String arrow;

    Direction(String arrow) {
      this.arrow = arrow;
    }
  }

  private FrameLog() {}

  /** The line of a control frame. */
  public static String line(Direction direction, Frame frame) {
    return line(direction, frame.type(), details(frame));
  }

  /**
   * The line of a DATA frame.
   *
   * @param contentBytes how many bytes of content it carries
   */
  public static String line(Direction direction, DataHeader data, int contentBytes) {
    return line(
        direction,
        FrameType.DATA,
        "entry=%d offset=%d bytes=%d%s"
            .formatted(data.entry(), data.offset(), contentBytes, data.last() ? " last" : ""));
  }

  private static String line(Direction direction, FrameType type, String details) {
    String name = type.name().replace('_', '-');
    String line = "%s %-12s %s".formatted(direction.arrow, name, details).stripTrailing();
    if (line.length() <= WIDTH) {
      return line;
    }
    int end = Character.isLowSurrogate(line.charAt(WIDTH - 1)) ? WIDTH - 2 : WIDTH - 1;
    return line.substring(0, end) + "…";
  }

  private static String details(Frame frame) {
    return switch (frame) {
      case Frame.Greeting f -> greeting(f);
      case Frame.Request f -> request(f);
      case Frame.Reply f -> reply(f);
      case Frame.Opening f -> opening(f);
      case Frame.FromSender f -> fromSender(f);
      case Frame.FromReceiver f -> fromReceiver(f);
      case Frame.Failure f -> failure(f);
      case Frame.Abort f -> reason(f.reason());
      case Frame.Alive _ -> "";
    };
  }

  private static String greeting(Frame.Greeting frame) {
    return switch (frame) {
      case Frame.Hello f ->
          "versions=%d-%d software=%s features=%d"
              .formatted(
                  f.lowest(), f.highest(), Printable.quoted(f.software()), f.features().size());
      case Frame.Login f -> "method=" + f.method();
      case Frame.Challenge f -> "iterations=" + f.iterations();
      case Frame.Proof _ -> "";
      case Frame.Welcome f ->
          "role=%s session=%s idle=%d".formatted(word(f.role()), f.session(), f.idleSeconds());
      case Frame.Busy f ->
          "reason=%s after=%d text=%s"
              .formatted(
                  f.draining() ? "draining" : "full", f.retrySeconds(), Printable.quoted(f.text()));
    };
  }

  private static String request(Frame.Request frame) {
    return switch (frame) {
      case Frame.ListFolder f ->
          path(f.path())
              + (f.recursive() ? " recursive" : "")
              + (f.hidden() ? " hidden" : "")
              + (f.pattern() ? " pattern" : "");
      case Frame.Stat f -> path(f.path());
      case Frame.MakeFolder f -> path(f.path()) + (f.parents() ? " parents" : "");
      case Frame.Remove f -> path(f.path()) + (f.recursive() ? " recursive" : "");
      case Frame.Rename f -> "from=%s to=%s".formatted(text(f.from()), text(f.to()));
      case Frame.Checksum f -> path(f.path());
      case Frame.Join f -> "job=" + f.job();
      case Frame.Ping _, Frame.Quit _, Frame.Issue _ -> "";
    };
  }

  private static String reply(Frame.Reply frame) {
    return switch (frame) {
      case Frame.Ok f -> "count=" + f.count();
      case Frame.Items f -> "items=" + f.items().size();
      case Frame.ListEnd f -> "items=%d unreadable=%d".formatted(f.items(), f.unreadable());
      case Frame.Attributes f -> attributes(f.attributes());
      case Frame.Sum f -> "size=" + f.size();
      case Frame.Ticket _ -> "";
    };
  }

  private static String opening(Frame.Opening frame) {
    return switch (frame) {
      case Frame.Get f ->
          "mode=%s sources=%d%s%s"
              .formatted(
                  word(f.mode()),
                  f.sources().size(),
                  f.sources().isEmpty() ? "" : " " + path(f.sources().getFirst().path()),
                  f.recursive() ? " recursive" : "");
      case Frame.Put f ->
          "overwrite=%s durability=%s names=%d target=%s%s%s"
              .formatted(
                  word(f.overwrite()),
                  word(f.durability()),
                  f.names().size(),
                  text(f.target()),
                  f.folder() ? " folder" : "",
                  f.checksum() ? " checksum" : "");
    };
  }

  private static String fromSender(Frame.FromSender frame) {
    return switch (frame) {
      case Frame.Entry f ->
          "entry=%d argument=%d %s %s"
              .formatted(f.number(), f.argument(), attributes(f.attributes()), path(f.path()));
      case Frame.EntryError f ->
          "entry=%d %s %s %s"
              .formatted(f.number(), word(f.status()), reason(f.reason()), path(f.path()));
      case Frame.JobEnd f -> "entries=%d bytes=%d".formatted(f.entries(), f.bytes());
    };
  }

  private static String fromReceiver(Frame.FromReceiver frame) {
    return switch (frame) {
      case Frame.Job f -> "mode=" + word(f.mode());
      case Frame.Wants f ->
          "wants=%d%s"
              .formatted(
                  f.wants().size(),
                  f.wants().isEmpty() ? "" : " first=" + f.wants().getFirst().entry());
      case Frame.Results f ->
          "results=%d%s"
              .formatted(
                  f.results().size(),
                  f.results().isEmpty() ? "" : " first=" + f.results().getFirst().first());
      case Frame.JobDone f ->
          "done=%d unchanged=%d skipped=%d failed=%d bytes=%d"
              .formatted(f.done(), f.unchanged(), f.skipped(), f.failed(), f.bytes());
    };
  }

  private static String failure(Frame.Failure failure) {
    String code = code(failure.reason());
    String text = Printable.quoted(failure.reason().text());
    return failure.component() == Frame.Failure.NO_COMPONENT
        ? "code=%s text=%s".formatted(code, text)
        : "code=%s component=%d text=%s".formatted(code, failure.component(), text);
  }

  private static String reason(Reason reason) {
    return "code=%s text=%s".formatted(code(reason), Printable.quoted(reason.text()));
  }

  private static String code(Reason reason) {
    ErrorCode known = reason.known();
    return known == null ? String.valueOf(reason.code()) : known.wireName();
  }

  private static String attributes(FileAttributes attributes) {
    return "kind=%s size=%d".formatted(word(attributes.kind()), attributes.size());
  }

  private static String path(List<String> components) {
    return "path=" + text(components);
  }

  private static String text(List<String> components) {
    return Printable.quoted("/" + String.join("/", components));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
