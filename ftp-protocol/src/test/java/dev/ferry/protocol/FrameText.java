package dev.ferry.protocol;

import dev.ferry.protocol.Frame.FileAttributes;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The canonical text of a decoded frame, field by field, as {@code testdata/frames/README.md}
 * defines it.
 */
public final class FrameText {
  private FrameText() {}

  /** The text of a DATA frame. */
  public static String of(DataHeader data, ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    return "DATA entry=%d flags=[%s] offset=%d hash=%s content-hash=%s bytes=%s"
        .formatted(
            data.entry(),
            (flag(data.last(), "last") + flag(data.compressed(), " compressed")).strip(),
            data.offset(),
            data.hash(),
            data.last() ? data.contentHash() : "",
            HexFormat.of().formatHex(bytes));
  }

  /** The text of a control frame. */
  public static String of(Frame frame) {
    return (frame.type().name().replace('_', '-') + " " + fields(frame)).stripTrailing();
  }

  private static String fields(Frame frame) {
    return switch (frame) {
      case Frame.Greeting f -> greeting(f);
      case Frame.Request f -> request(f);
      case Frame.Reply f -> reply(f);
      case Frame.Opening f -> opening(f);
      case Frame.FromSender f -> fromSender(f);
      case Frame.FromReceiver f -> fromReceiver(f);
      case Frame.Failure f ->
          "code=%d component=%d text=%s"
              .formatted(f.reason().code(), f.component(), json(f.reason().text()));
      case Frame.Abort f -> reason(f.reason());
      case Frame.Alive _ -> "";
    };
  }

  private static String greeting(Frame.Greeting frame) {
    return switch (frame) {
      case Frame.Hello f ->
          "lowest=%d highest=%d software=%s features=%s"
              .formatted(f.lowest(), f.highest(), json(f.software()), names(f.features()));
      case Frame.Login f ->
          "method=%d user=%s proof=%s".formatted(f.method(), json(f.user()), f.proof());
      case Frame.Welcome f ->
          "role=%s session=%s idle=%d proof=%s"
              .formatted(word(f.role()), json(f.session()), f.idleSeconds(), f.proof());
      case Frame.Challenge f ->
          "nonce=%s salt=%s iterations=%d".formatted(f.nonce(), f.salt(), f.iterations());
      case Frame.Proof f -> "proof=" + f.proof();
      case Frame.Busy f ->
          "reason=%s after=%d text=%s"
              .formatted(f.draining() ? "draining" : "full", f.retrySeconds(), json(f.text()));
    };
  }

  private static String request(Frame.Request frame) {
    return switch (frame) {
      case Frame.ListFolder f ->
          "flags=[%s] path=%s"
              .formatted(
                  (flag(f.recursive(), " recursive")
                          + flag(f.hidden(), " hidden")
                          + flag(f.pattern(), " pattern"))
                      .strip(),
                  names(f.path()));
      case Frame.Stat f -> "path=" + names(f.path());
      case Frame.MakeFolder f ->
          "flags=[%s] path=%s".formatted(flag(f.parents(), "parents"), names(f.path()));
      case Frame.Remove f ->
          "flags=[%s] path=%s".formatted(flag(f.recursive(), "recursive"), names(f.path()));
      case Frame.Rename f -> "from=%s to=%s".formatted(names(f.from()), names(f.to()));
      case Frame.Checksum f -> "path=" + names(f.path());
      case Frame.Join f -> "job=" + f.job();
      case Frame.Ping _, Frame.Quit _, Frame.Issue _ -> "";
    };
  }

  private static String reply(Frame.Reply frame) {
    return switch (frame) {
      case Frame.Ok f -> "count=" + f.count();
      case Frame.Items f -> "items=" + list(f.items(), FrameText::item);
      case Frame.ListEnd f -> "items=%d unreadable=%d".formatted(f.items(), f.unreadable());
      case Frame.Attributes f -> attributes(f.attributes());
      case Frame.Sum f -> "size=%d sha256=%s".formatted(f.size(), f.sha256());
      case Frame.Ticket f -> "ticket=" + f.secret();
    };
  }

  private static String opening(Frame.Opening frame) {
    return switch (frame) {
      case Frame.Get f ->
          "mode=%s flags=[%s] links=%s sources=%s"
              .formatted(
                  word(f.mode()),
                  flag(f.recursive(), "recursive"),
                  f.failOnLinks() ? "failed" : "skipped",
                  list(f.sources(), FrameText::source));
      case Frame.Put f ->
          "flags=[%s] overwrite=%s durability=%s target=%s names=%s"
              .formatted(
                  (flag(f.folder(), "folder") + flag(f.checksum(), " checksum")).strip(),
                  word(f.overwrite()),
                  word(f.durability()),
                  names(f.target()),
                  names(f.names()));
    };
  }

  private static String fromSender(Frame.FromSender frame) {
    return switch (frame) {
      case Frame.Entry f ->
          "entry=%d argument=%d path=%s %s fingerprint=%s"
              .formatted(
                  f.number(),
                  f.argument(),
                  names(f.path()),
                  attributes(f.attributes()),
                  f.fingerprint());
      case Frame.EntryError f ->
          "entry=%d status=%s %s argument=%d path=%s"
              .formatted(
                  f.number(), word(f.status()), reason(f.reason()), f.argument(), names(f.path()));
      case Frame.JobEnd f -> "entries=%d bytes=%d".formatted(f.entries(), f.bytes());
    };
  }

  private static String fromReceiver(Frame.FromReceiver frame) {
    return switch (frame) {
      case Frame.Job f -> "mode=" + word(f.mode());
      case Frame.Wants f -> "wants=" + list(f.wants(), FrameText::want);
      case Frame.Results f -> "results=" + list(f.results(), FrameText::result);
      case Frame.JobDone f ->
          "done=%d unchanged=%d skipped=%d failed=%d bytes=%d"
              .formatted(f.done(), f.unchanged(), f.skipped(), f.failed(), f.bytes());
    };
  }

  private static String item(Frame.Item item) {
    return "{path=%s %s error=%d}"
        .formatted(names(item.path()), attributes(item.attributes()), item.error());
  }

  private static String source(Frame.SourcePath source) {
    return "{pattern=%d path=%s}".formatted(source.pattern() ? 1 : 0, names(source.path()));
  }

  private static String want(Frame.Want want) {
    String ranges =
        want.ranges() == null
            ? "all"
            : list(want.ranges(), range -> range.offset() + "+" + range.length());
    return "{entry=%d ranges=%s}".formatted(want.entry(), ranges);
  }

  private static String result(Frame.Result result) {
    String reason = result.reason() == null ? "" : " " + reason(result.reason());
    return "{first=%d entries=%d status=%s%s}"
        .formatted(result.first(), result.count(), word(result.status()), reason);
  }

  private static String attributes(FileAttributes a) {
    return "kind=%s size=%d time=%d mode=0%03o"
        .formatted(word(a.kind()), a.size(), a.modified(), a.mode());
  }

  private static String reason(Reason reason) {
    return "code=%d text=%s".formatted(reason.code(), json(reason.text()));
  }

  private static <T> String list(List<T> values, Function<T, String> text) {
    return values.stream().map(text).collect(Collectors.joining(" ", "[", "]"));
  }

  private static String names(List<String> names) {
    return names.stream().map(FrameText::json).collect(Collectors.joining(",", "[", "]"));
  }

  private static String flag(boolean set, String word) {
    return set ? word : "";
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** A JSON string in ASCII. */
  private static String json(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> out.append(c < ' ' || c > '~' ? "\\u%04x".formatted((int) c) : c);
      }
    }
    return out.append('"').toString();
  }
}
