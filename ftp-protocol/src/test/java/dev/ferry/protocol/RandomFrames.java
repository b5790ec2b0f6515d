package dev.ferry.protocol;

import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Frame.Item;
import dev.ferry.protocol.Frame.Kind;
import dev.ferry.protocol.Frame.Range;
import dev.ferry.protocol.Frame.Result;
import dev.ferry.protocol.Frame.SourcePath;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Frame.Want;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Control frames of every type with random fields, within the limits and with a liking for their
 * edges.
 */
final class RandomFrames {
  private final Random random;

  RandomFrames(long seed) {
    random = new Random(seed);
  }

  /** A frame of this type. */
  Frame of(FrameType type) {
    return switch (type) {
      case HELLO -> hello();
      case LOGIN -> login();
      case WELCOME ->
          new Frame.Welcome(
              any(Frame.Role.values()),
              Long.toString(random.nextLong() >>> 1, 36),
              u32(),
              random.nextBoolean() ? Bytes.NONE : bytes(32));
      case CHALLENGE -> new Frame.Challenge(bytes(32), bytes(random.nextInt(256)), u32());
      case PROOF -> new Frame.Proof(bytes(32));
      case BUSY -> new Frame.Busy(random.nextBoolean(), u16(), text(1024));
      case ERROR -> new Frame.Failure(reason(), random.nextInt(256));
      case ALIVE -> new Frame.Alive();
      case LIST ->
          new Frame.ListFolder(
              random.nextBoolean(), random.nextBoolean(), random.nextBoolean(), path());
      case STAT -> new Frame.Stat(path());
      case MKDIR -> new Frame.MakeFolder(random.nextBoolean(), path());
      case REMOVE -> new Frame.Remove(random.nextBoolean(), path());
      case RENAME -> new Frame.Rename(path(), path());
      case CHECKSUM -> new Frame.Checksum(path());
      case PING -> new Frame.Ping();
      case QUIT -> new Frame.Quit();
      case ISSUE -> new Frame.Issue();
      case JOIN -> new Frame.Join(u32());
      case OK -> new Frame.Ok(u63());
      case ITEMS ->
          new Frame.Items(some(0, () -> new Item(path(), attributes(Kind.values()), u16())));
      case LIST_END -> new Frame.ListEnd(u63(), u63());
      case ATTRIBUTES -> new Frame.Attributes(attributes(Kind.values()));
      case SUM -> new Frame.Sum(u63(), bytes(32));
      case TICKET -> new Frame.Ticket(bytes(16));
      case GET, PUT, JOB, ENTRY, ENTRY_ERROR, JOB_END, WANT, RESULT, JOB_DONE, ABORT -> ofJob(type);
      case DATA -> throw new IllegalArgumentException("DATA is no control frame");
    };
  }

  private Frame ofJob(FrameType type) {
    return switch (type) {
      case GET ->
          new Frame.Get(
              any(Frame.Mode.values()),
              random.nextBoolean(),
              random.nextBoolean(),
              some(1, () -> new SourcePath(random.nextBoolean(), path())));
      case PUT ->
          new Frame.Put(
              random.nextBoolean(),
              random.nextBoolean(),
              any(Frame.Overwrite.values()),
              any(Frame.Durability.values()),
              path(),
              some(1, () -> text(255)));
      case JOB -> new Frame.Job(any(Frame.Mode.values()));
      case ENTRY ->
          new Frame.Entry(
              u32(), u16(), path(), attributes(Kind.FILE, Kind.FOLDER), bytes(random.nextInt(33)));
      case ENTRY_ERROR ->
          new Frame.EntryError(u32(), any(Status.SKIPPED, Status.FAILED), reason(), u16(), path());
      case JOB_END -> new Frame.JobEnd(u32(), u63());
      case WANT -> new Frame.Wants(some(0, this::want));
      case RESULT -> new Frame.Results(some(0, this::result));
      case JOB_DONE -> new Frame.JobDone(u32(), u32(), u32(), u32(), u63());
      default -> new Frame.Abort(reason());
    };
  }

  private Frame hello() {
    int lowest = u16();
    int highest = lowest + random.nextInt(65_536 - lowest);
    return new Frame.Hello(lowest, highest, text(64), some(0, () -> text(64)));
  }

  private Frame login() {
    int method = random.nextBoolean() ? random.nextInt(6) : random.nextInt(256);
    return switch (method) {
      case Frame.Login.ANONYMOUS -> new Frame.Login(method, "", Bytes.NONE);
      case Frame.Login.TICKET -> new Frame.Login(method, "", bytes(16));
      case Frame.Login.PASSWORD -> new Frame.Login(method, text(100), bytes(32));
      case Frame.Login.KEY -> new Frame.Login(method, text(100), bytes(128));
      case Frame.Login.TOKEN -> new Frame.Login(method, "", bytes(73 + random.nextInt(900)));
      case Frame.Login.REGISTER ->
          new Frame.Login(method, text(100), bytes(84 + random.nextInt(64)));
      default -> new Frame.Login(method, text(100), bytes(random.nextInt(200)));
    };
  }

  private Want want() {
    if (random.nextInt(3) == 0) {
      return new Want(u32(), null);
    }
    List<Range> ranges = new ArrayList<>();
    long end = 0;
    for (int i = random.nextInt(6); i > 0; i--) {
      long offset = end + random.nextLong(1L << 50);
      long length = 1 + random.nextLong(1L << 50);
      ranges.add(new Range(offset, length));
      end = offset + length;
    }
    return new Want(u32(), ranges);
  }

  private Result result() {
    Status status = any(Status.values());
    long first = u32();
    long count = 1 + random.nextLong((1L << 32) - first);
    return new Result(
        first, Math.min(count, 0xFFFF_FFFFL), status, status == Status.FAILED ? reason() : null);
  }

  private FileAttributes attributes(Kind... kinds) {
    Kind kind = any(kinds);
    long size = kind == Kind.FILE ? u63() : 0;
    return new FileAttributes(kind, size, random.nextLong(), random.nextInt(01000));
  }

  private Reason reason() {
    return new Reason(u16(), text(1024));
  }

  private List<String> path() {
    return some(0, () -> text(255));
  }

  private Bytes bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  /** Any characters but half surrogate pairs; rarely close to the limit. */
  private String text(int bytes) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(10) == 0 ? bytes : random.nextInt(12);
    for (int left = length; left > 0; ) {
      int c = random.nextInt(1 << random.nextInt(1, 22)) % (Character.MAX_CODE_POINT + 1);
      String next = Character.toString(c);
      left -= next.getBytes(StandardCharsets.UTF_8).length;
      if (left >= 0 && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)) {
        text.append(next);
      }
    }
    return text.toString();
  }

  private <T> List<T> some(int atLeast, Supplier<T> one) {
    return Stream.generate(one).limit(atLeast + random.nextInt(8)).toList();
  }

  @SafeVarargs
  private <T> T any(T... values) {
    return values[random.nextInt(values.length)];
  }

  private int u16() {
    return random.nextInt(5) == 0 ? 0xFFFF : random.nextInt(0x10000);
  }

  private long u32() {
    return random.nextInt(5) == 0 ? 0xFFFF_FFFFL : random.nextLong(1L << 32);
  }

  private long u63() {
    return random.nextInt(5) == 0 ? Long.MAX_VALUE : random.nextLong() >>> random.nextInt(1, 64);
  }
}
