package dev.ferry.protocol;

import dev.ferry.protocol.Frame.Item;
import dev.ferry.protocol.Frame.Range;
import dev.ferry.protocol.Frame.Result;
import dev.ferry.protocol.Frame.SourcePath;
import dev.ferry.protocol.Frame.Want;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns control frames into bytes and back (spec sections 3 to 9). Stateless. */
public final class FrameCodec {
  private static final byte[] MAGIC = {'F', 'E', 'R', 'Y'};
  private static final int NAMES = 64;
  private static final int EVERYTHING = 0xFFFF;

  private static final int RECURSIVE = 1;
  private static final int HIDDEN = 2;
  private static final int PATTERN = 4;

  private FrameCodec() {}

  /** The frame with its header, ready to be written. */
  public static ByteBuffer encode(Frame frame) {
    FieldWriter out = new FieldWriter(96);
    out.u32(0).u8(frame.type().code()).u8(0).u16(0);
    encodePayload(frame, out);
    int length = out.position() - FrameHeader.BYTES;
    int limit = frame.type().code() < 0x05 ? Limits.PAYLOAD_BEFORE_LOGIN : Limits.PAYLOAD;
    if (length > limit) {
      throw new IllegalArgumentException(
          "%s of %d bytes, at most %d".formatted(frame.type(), length, limit));
    }
    out.patch32(0, length);
    return out.written();
  }

  private static void encodePayload(Frame frame, FieldWriter out) {
    switch (frame) {
      case Frame.Hello f ->
          out.bytes(MAGIC)
              .u16(f.lowest())
              .u16(f.highest())
              .string(f.software())
              .strings(f.features());
      case Frame.Login f -> out.u8(f.method()).string(f.user()).bytes16(f.proof());
      case Frame.Welcome f -> out.choice(f.role()).string(f.session()).u32(f.idleSeconds());
      case Frame.Busy f -> out.u8(f.draining() ? 2 : 1).u16(f.retrySeconds()).string(f.text());
      case Frame.Failure f ->
          out.u16(f.reason().code()).u8(f.component()).string(f.reason().text());
      case Frame.ListFolder f ->
          out.u8(
                  (f.recursive() ? RECURSIVE : 0)
                      | (f.hidden() ? HIDDEN : 0)
                      | (f.pattern() ? PATTERN : 0))
              .path(f.path());
      case Frame.Stat f -> out.path(f.path());
      case Frame.MakeFolder f -> out.bool(f.parents()).path(f.path());
      case Frame.Remove f -> out.bool(f.recursive()).path(f.path());
      case Frame.Rename f -> out.path(f.from()).path(f.to());
      case Frame.Checksum f -> out.path(f.path());
      case Frame.Ok f -> out.i64(f.count());
      case Frame.Items f -> encodeItems(f.items(), out);
      case Frame.ListEnd f -> out.i64(f.items()).i64(f.unreadable());
      case Frame.Attributes f -> out.attributes(f.attributes());
      case Frame.Sum f -> out.i64(f.size()).bytes(f.sha256().toArray());
      case Frame.Get f -> encodeGet(f, out);
      case Frame.Put f ->
          out.bool(f.folder())
              .choice(f.overwrite())
              .choice(f.durability())
              .path(f.target())
              .strings(f.names());
      case Frame.Job f -> out.choice(f.mode());
      case Frame.Entry f ->
          out.u32(f.number())
              .u16(f.argument())
              .path(f.path())
              .attributes(f.attributes())
              .bytes8(f.fingerprint());
      case Frame.EntryError f ->
          out.u32(f.number())
              .choice(f.status())
              .reason(f.reason())
              .u16(f.argument())
              .path(f.path());
      case Frame.JobEnd f -> out.u32(f.entries()).i64(f.bytes());
      case Frame.Wants f -> encodeWants(f.wants(), out);
      case Frame.Results f -> encodeResults(f.results(), out);
      case Frame.JobDone f ->
          out.u32(f.done()).u32(f.unchanged()).u32(f.skipped()).u32(f.failed()).i64(f.bytes());
      case Frame.Abort f -> out.reason(f.reason());
      case Frame.Alive _, Frame.Ping _, Frame.Quit _ -> {
        // no payload
      }
    }
  }

  private static void encodeItems(List<Item> items, FieldWriter out) {
    out.u16(items.size());
    for (Item item : items) {
      out.path(item.path()).attributes(item.attributes()).u16(item.error());
    }
  }

  private static void encodeGet(Frame.Get get, FieldWriter out) {
    out.choice(get.mode()).bool(get.recursive()).bool(get.failOnLinks()).u16(get.sources().size());
    for (SourcePath source : get.sources()) {
      out.bool(source.pattern()).path(source.path());
    }
  }

  private static void encodeWants(List<Want> wants, FieldWriter out) {
    out.u16(wants.size());
    for (Want want : wants) {
      out.u32(want.entry());
      if (want.ranges() == null) {
        out.u16(EVERYTHING);
        continue;
      }
      out.u16(want.ranges().size());
      for (Range range : want.ranges()) {
        out.i64(range.offset()).i64(range.length());
      }
    }
  }

  private static void encodeResults(List<Result> results, FieldWriter out) {
    out.u16(results.size());
    for (Result result : results) {
      out.u32(result.first()).u32(result.count()).choice(result.status());
      if (result.status() == Frame.Status.FAILED) {
        out.reason(result.reason());
      }
    }
  }

  /**
   * Decodes the payload of a control frame.
   *
   * @param type not DATA, which is no control frame
   * @param payload big-endian, exactly the payload
   * @throws ProtocolException if it breaks a rule; the message names it
   */
  public static Frame decode(FrameType type, ByteBuffer payload) throws ProtocolException {
    FieldReader in = new FieldReader(type, payload);
    Frame frame = decodePayload(type, in);
    in.end();
    return frame;
  }

  private static Frame decodePayload(FrameType type, FieldReader in) throws ProtocolException {
    return switch (type) {
      case HELLO -> decodeHello(in);
      case LOGIN -> new Frame.Login(in.u8(), in.string(), in.bytes16());
      case WELCOME -> decodeWelcome(in);
      case BUSY -> decodeBusy(in);
      case ERROR -> decodeError(in);
      case ALIVE -> new Frame.Alive();
      case LIST -> {
        int flags = in.flags(RECURSIVE | HIDDEN | PATTERN);
        yield new Frame.ListFolder(
            (flags & RECURSIVE) != 0, (flags & HIDDEN) != 0, (flags & PATTERN) != 0, in.path());
      }
      case STAT -> new Frame.Stat(in.path());
      case MKDIR -> new Frame.MakeFolder(in.bool(), in.path());
      case REMOVE -> new Frame.Remove(in.bool(), in.path());
      case RENAME -> new Frame.Rename(in.path(), in.path());
      case CHECKSUM -> new Frame.Checksum(in.path());
      case PING -> new Frame.Ping();
      case QUIT -> new Frame.Quit();
      case OK -> new Frame.Ok(in.u64());
      case ITEMS -> decodeItems(in);
      case LIST_END -> new Frame.ListEnd(in.u64(), in.u64());
      case ATTRIBUTES -> new Frame.Attributes(in.attributes());
      case SUM -> new Frame.Sum(in.u64(), Bytes.of(in.bytes(32)));
      case GET -> decodeGet(in);
      case PUT -> decodePut(in);
      case JOB -> new Frame.Job(in.choice(Frame.Mode.values()));
      case ENTRY -> decodeEntry(in);
      case ENTRY_ERROR -> decodeEntryError(in);
      case JOB_END -> new Frame.JobEnd(in.u32(), in.u64());
      case WANT -> decodeWants(in);
      case RESULT -> decodeResults(in);
      case JOB_DONE -> new Frame.JobDone(in.u32(), in.u32(), in.u32(), in.u32(), in.u64());
      case ABORT -> new Frame.Abort(in.reason());
      case DATA -> throw new IllegalArgumentException("DATA is no control frame");
    };
  }

  private static Frame decodeHello(FieldReader in) throws ProtocolException {
    if (!Arrays.equals(in.bytes(MAGIC.length), MAGIC)) {
      throw in.broken("no magic FERY: this is no Ferry (spec 5.1)");
    }
    int lowest = in.u16();
    int highest = in.u16();
    if (lowest > highest) {
      throw in.broken("versions %d to %d (spec 5.1)".formatted(lowest, highest));
    }
    return new Frame.Hello(lowest, highest, in.string(NAMES), in.strings(NAMES, NAMES));
  }

  private static Frame decodeWelcome(FieldReader in) throws ProtocolException {
    Frame.Role role = in.choice(Frame.Role.values());
    String session = in.string(32);
    if (session.isEmpty() || !session.chars().allMatch(FrameCodec::isSessionCharacter)) {
      throw in.broken("a session name that is not 1 to 32 of 0-9a-z (spec 5.2)");
    }
    return new Frame.Welcome(role, session, in.u32());
  }

  private static boolean isSessionCharacter(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  }

  private static Frame decodeBusy(FieldReader in) throws ProtocolException {
    int reason = in.u8();
    if (reason != 1 && reason != 2) {
      throw in.broken("the unknown reason %d (spec 5.3)".formatted(reason));
    }
    return new Frame.Busy(reason == 2, in.u16(), in.string(Limits.TEXT_BYTES));
  }

  private static Frame decodeError(FieldReader in) throws ProtocolException {
    int code = in.u16();
    int component = in.u8();
    return new Frame.Failure(new Reason(code, in.string(Limits.TEXT_BYTES)), component);
  }

  private static Frame decodeItems(FieldReader in) throws ProtocolException {
    int count = in.u16();
    List<Item> items = new ArrayList<>(Math.min(count, in.remaining() / 22));
    for (int i = 0; i < count; i++) {
      items.add(new Item(in.path(), in.attributes(), in.u16()));
    }
    return new Frame.Items(items);
  }

  private static Frame decodeGet(FieldReader in) throws ProtocolException {
    Frame.Mode mode = in.choice(Frame.Mode.values());
    boolean recursive = in.bool();
    boolean failOnLinks = in.bool();
    int count = arguments(in, in.u16());
    List<SourcePath> sources = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sources.add(new SourcePath(in.bool(), in.path()));
    }
    return new Frame.Get(mode, recursive, failOnLinks, sources);
  }

  private static Frame decodePut(FieldReader in) throws ProtocolException {
    boolean folder = in.bool();
    Frame.Overwrite overwrite = in.choice(Frame.Overwrite.values());
    Frame.Durability durability = in.choice(Frame.Durability.values());
    List<String> target = in.path();
    List<String> names = in.strings(Limits.ARGUMENTS, 0xFFFF);
    arguments(in, names.size());
    return new Frame.Put(folder, overwrite, durability, target, names);
  }

  private static int arguments(FieldReader in, int count) throws ProtocolException {
    if (count < 1 || count > Limits.ARGUMENTS) {
      throw in.broken(
          "%d arguments, 1 to %d are allowed (spec 7)".formatted(count, Limits.ARGUMENTS));
    }
    return count;
  }

  private static Frame decodeEntry(FieldReader in) throws ProtocolException {
    long number = in.u32();
    int argument = in.u16();
    List<String> path = in.path();
    Frame.FileAttributes attributes = in.attributes();
    if (attributes.kind() != Frame.Kind.FILE && attributes.kind() != Frame.Kind.FOLDER) {
      throw in.broken("kind " + attributes.kind() + " (spec 7.3)");
    }
    return new Frame.Entry(number, argument, path, attributes, in.bytes8(Limits.FINGERPRINT_BYTES));
  }

  private static Frame decodeEntryError(FieldReader in) throws ProtocolException {
    long number = in.u32();
    Frame.Status status = in.choice(Frame.Status.values());
    if (status != Frame.Status.SKIPPED && status != Frame.Status.FAILED) {
      throw in.broken("status " + status + " (spec 7.4)");
    }
    return new Frame.EntryError(number, status, in.reason(), in.u16(), in.path());
  }

  private static Frame decodeWants(FieldReader in) throws ProtocolException {
    int count = in.u16();
    List<Want> wants = new ArrayList<>(Math.min(count, in.remaining() / 6));
    for (int i = 0; i < count; i++) {
      long entry = in.u32();
      int ranges = in.u16();
      wants.add(new Want(entry, ranges == EVERYTHING ? null : decodeRanges(in, ranges)));
    }
    return new Frame.Wants(wants);
  }

  private static List<Range> decodeRanges(FieldReader in, int count) throws ProtocolException {
    List<Range> ranges = new ArrayList<>(Math.min(count, in.remaining() / 16));
    for (int i = 0; i < count; i++) {
      Range range = new Range(in.u64(), in.u64());
      if (range.length() == 0 || range.offset() + range.length() < 0) {
        throw in.broken("an empty or endless range (spec 7.5)");
      }
      ranges.add(range);
    }
    return ranges;
  }

  private static Frame decodeResults(FieldReader in) throws ProtocolException {
    int count = in.u16();
    List<Result> results = new ArrayList<>(Math.min(count, in.remaining() / 9));
    for (int i = 0; i < count; i++) {
      long first = in.u32();
      long entries = in.u32();
      Frame.Status status = in.choice(Frame.Status.values());
      Reason reason = status == Frame.Status.FAILED ? in.reason() : null;
      if (entries == 0 || first + entries > 1L << 32) {
        throw in.broken("a range of %d entries from %d (spec 7.5)".formatted(entries, first));
      }
      results.add(new Result(first, entries, status, reason));
    }
    return new Frame.Results(results);
  }
}
