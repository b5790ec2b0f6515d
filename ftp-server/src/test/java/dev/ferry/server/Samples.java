package dev.ferry.server;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Frame.Kind;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.Frame.Overwrite;
import dev.ferry.protocol.Frame.SourcePath;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.FrameCodec;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.Reason;
import java.nio.ByteBuffer;
import java.util.List;

/** A valid frame of each type. */
final class Samples {
  private static final Reason REASON = new Reason(ErrorCode.CANCELLED, "enough");

  /** The only kind of ERROR that a client may send (spec 9). */
  private static final Reason LAST_WORD = new Reason(ErrorCode.PROTOCOL, "enough");

  private static final List<String> PATH = List.of("a");
  private static final FileAttributes EMPTY_FILE = new FileAttributes(Kind.FILE, 0, 0, 0644);
  private static final int DATA_BYTES = 45;

  private Samples() {}

  /** The frame as bytes. */
  static byte[] bytes(FrameType type) {
    ByteBuffer frame =
        type == FrameType.DATA
            ? ByteBuffer.allocate(8 + DATA_BYTES)
                .putInt(DATA_BYTES)
                .put((byte) type.code())
                .rewind()
            : FrameCodec.encode(frame(type));
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  private static Frame frame(FrameType type) {
    return switch (type) {
      case HELLO -> new Frame.Hello(1, 1, "test", List.of());
      case LOGIN -> new Frame.Login(Frame.Login.ANONYMOUS, "", Bytes.NONE);
      case WELCOME -> new Frame.Welcome(Frame.Role.READER, "x", 1, Bytes.NONE);
      case CHALLENGE -> new Frame.Challenge(Bytes.of(new byte[32]), Bytes.of(new byte[16]), 1);
      case PROOF -> new Frame.Proof(Bytes.of(new byte[32]));
      case BUSY -> new Frame.Busy(false, 1, "");
      case ERROR -> new Frame.Failure(LAST_WORD, Frame.Failure.NO_COMPONENT);
      case ALIVE -> new Frame.Alive();
      case LIST -> new Frame.ListFolder(false, false, false, List.of());
      case STAT -> new Frame.Stat(PATH);
      case MKDIR -> new Frame.MakeFolder(false, PATH);
      case REMOVE -> new Frame.Remove(false, PATH);
      case RENAME -> new Frame.Rename(PATH, PATH);
      case CHECKSUM -> new Frame.Checksum(PATH);
      case PING -> new Frame.Ping();
      case QUIT -> new Frame.Quit();
      case ISSUE -> new Frame.Issue();
      case JOIN -> new Frame.Join(1);
      case OK -> new Frame.Ok(0);
      case ITEMS -> new Frame.Items(List.of());
      case LIST_END -> new Frame.ListEnd(0, 0);
      case ATTRIBUTES -> new Frame.Attributes(EMPTY_FILE);
      case TICKET -> new Frame.Ticket(Bytes.of(new byte[16]));
      case SUM -> new Frame.Sum(0, Bytes.of(new byte[32]));
      case GET -> new Frame.Get(Mode.ASK, false, false, List.of(new SourcePath(false, PATH)));
      case PUT -> new Frame.Put(false, false, Overwrite.NEVER, Durability.NONE, PATH, PATH);
      case JOB -> new Frame.Job(Mode.ASK);
      case ENTRY -> new Frame.Entry(0, 0, PATH, EMPTY_FILE, Bytes.NONE);
      case ENTRY_ERROR -> new Frame.EntryError(0, Status.FAILED, REASON, 0, PATH);
      case DATA -> throw new IllegalArgumentException("DATA is no control frame");
      case JOB_END -> new Frame.JobEnd(1, 0);
      case WANT -> new Frame.Wants(List.of());
      case RESULT -> new Frame.Results(List.of());
      case JOB_DONE -> new Frame.JobDone(0, 0, 0, 0, 0);
      case ABORT -> new Frame.Abort(REASON);
    };
  }
}
