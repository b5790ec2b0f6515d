package dev.ferry.protocol;

import dev.ferry.protocol.Frame.Item;
import dev.ferry.protocol.Frame.Range;
import dev.ferry.protocol.Frame.Result;
import dev.ferry.protocol.Frame.SourcePath;
import dev.ferry.protocol.Frame.Want;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and checks the fields of each control frame, in the order of the specification. The mirror
 * of {@link FrameEncoder}.
 */
final class FrameDecoder {
  private FrameDecoder() {}

  static Frame decode(FrameType type, FieldReader in) throws ProtocolException {
    return switch (type) {
      case HELLO -> decodeHello(in);
      case LOGIN -> decodeLogin(in);
      case CHALLENGE ->
          new Frame.Challenge(in.exactly(FrameCodec.NONCE_BYTES), in.bytes8(0xFF), in.u32());
      case PROOF -> new Frame.Proof(in.exactly(FrameCodec.PROOF_BYTES));
      case WELCOME -> decodeWelcome(in);
      case BUSY -> decodeBusy(in);
      case ERROR -> decodeError(in);
      case ALIVE -> new Frame.Alive();
      case LIST -> {
        int flags = in.flags(FrameCodec.RECURSIVE | FrameCodec.HIDDEN | FrameCodec.PATTERN);
        yield new Frame.ListFolder(
            (flags & FrameCodec.RECURSIVE) != 0,
            (flags & FrameCodec.HIDDEN) != 0,
            (flags & FrameCodec.PATTERN) != 0,
            in.path());
      }
      case STAT -> new Frame.Stat(in.path());
      case MKDIR -> new Frame.MakeFolder(in.bool(), in.path());
      case REMOVE -> new Frame.Remove(in.bool(), in.path());
      case RENAME -> new Frame.Rename(in.path(), in.path());
      case CHECKSUM -> new Frame.Checksum(in.path());
      case PING -> new Frame.Ping();
      case QUIT -> new Frame.Quit();
      case ISSUE -> new Frame.Issue();
      case JOIN -> new Frame.Join(in.u32());
      case OK -> new Frame.Ok(in.u64());
      case ITEMS -> decodeItems(in);
      case LIST_END -> new Frame.ListEnd(in.u64(), in.u64());
      case ATTRIBUTES -> new Frame.Attributes(in.attributes());
      case SUM -> new Frame.Sum(in.u64(), in.exactly(FrameCodec.SHA256_BYTES));
      case TICKET -> new Frame.Ticket(in.exactly(FrameCodec.TICKET_BYTES));
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
    if (!in.exactly(FrameCodec.MAGIC.length()).equals(FrameCodec.MAGIC)) {
      throw in.broken("no magic FERY: this is no Ferry (spec 5.1)");
    }
    int lowest = in.u16();
    int highest = in.u16();
    if (lowest > highest) {
      throw in.broken("versions %d to %d (spec 5.1)".formatted(lowest, highest));
    }
    return new Frame.Hello(
        lowest,
        highest,
        in.string(FrameCodec.SOFTWARE_BYTES),
        in.strings(FrameCodec.FEATURES, FrameCodec.FEATURE_BYTES));
  }

  private static Frame decodeLogin(FieldReader in) throws ProtocolException {
    int method = in.u8();
    String user = in.string();
    Bytes proof = in.bytes16();
    boolean named = true;
    boolean fits =
        switch (method) {
          case Frame.Login.ANONYMOUS -> {
            named = false;
            yield proof.length() == 0;
          }
          case Frame.Login.TICKET -> {
            named = false;
            yield proof.length() == FrameCodec.TICKET_BYTES;
          }
          case Frame.Login.TOKEN -> {
            named = false;
            yield proof.length() >= FrameCodec.TOKEN_LEAST
                && proof.length() <= FrameCodec.TOKEN_MOST;
          }
          case Frame.Login.PASSWORD -> proof.length() == FrameCodec.NONCE_BYTES;
          case Frame.Login.KEY -> proof.length() == FrameCodec.KEY_BYTES;
          case Frame.Login.REGISTER ->
              proof.length() >= FrameCodec.REGISTER_LEAST
                  && proof.length() <= FrameCodec.REGISTER_MOST;
          default -> true;
        };
    if (!fits || !(named || user.isEmpty())) {
      throw in.broken(
          "a user or a proof that method %d does not have (spec 5.2)".formatted(method));
    }
    return new Frame.Login(method, user, proof);
  }

  private static Frame decodeWelcome(FieldReader in) throws ProtocolException {
    Frame.Role role = in.choice(Frame.Role.values());
    String session = in.string(FrameCodec.SESSION_BYTES);
    if (session.isEmpty() || !session.chars().allMatch(FrameDecoder::isSessionCharacter)) {
      throw in.broken("a session name that is not 1 to 32 of 0-9a-z (spec 5.2)");
    }
    long idle = in.u32();
    Bytes proof = in.bytes8(FrameCodec.PROOF_BYTES);
    if (proof.length() != 0 && proof.length() != FrameCodec.PROOF_BYTES) {
      throw in.broken("a proof of %d bytes (spec 5.2)".formatted(proof.length()));
    }
    return new Frame.Welcome(role, session, idle, proof);
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
    int flags = in.flags(FrameCodec.FOLDER | FrameCodec.CHECKSUM);
    Frame.Overwrite overwrite = in.choice(Frame.Overwrite.values());
    Frame.Durability durability = in.choice(Frame.Durability.values());
    List<String> target = in.path();
    List<String> names = in.strings(Limits.ARGUMENTS, 0xFFFF);
    arguments(in, names.size());
    return new Frame.Put(
        (flags & FrameCodec.FOLDER) != 0,
        (flags & FrameCodec.CHECKSUM) != 0,
        overwrite,
        durability,
        target,
        names);
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
      wants.add(new Want(entry, ranges == FrameCodec.EVERYTHING ? null : decodeRanges(in, ranges)));
    }
    return new Frame.Wants(wants);
  }

  private static List<Range> decodeRanges(FieldReader in, int count) throws ProtocolException {
    List<Range> ranges = new ArrayList<>(Math.min(count, in.remaining() / 16));
    long end = 0;
    for (int i = 0; i < count; i++) {
      Range range = new Range(in.u64(), in.u64());
      if (range.length() == 0 || range.offset() + range.length() < 0) {
        throw in.broken("an empty or endless range (spec 7.5)");
      }
      if (range.offset() < end) {
        throw in.broken("ranges that overlap or do not ascend (spec 7.5)");
      }
      end = range.offset() + range.length();
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
