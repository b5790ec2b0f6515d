package dev.ferry.protocol;

import java.util.HashMap;
import java.util.Map;

/** The types of frames and their codes on the wire (spec section 3). */
public enum FrameType {
  HELLO(0x01, Frame.Hello.class),
  LOGIN(0x02, Frame.Login.class),
  WELCOME(0x03, Frame.Welcome.class),
  BUSY(0x04, Frame.Busy.class),
  ERROR(0x05, Frame.Failure.class),
  ALIVE(0x06, Frame.Alive.class),
  CHALLENGE(0x07, Frame.Challenge.class),
  PROOF(0x08, Frame.Proof.class),
  LIST(0x10, Frame.ListFolder.class),
  STAT(0x11, Frame.Stat.class),
  MKDIR(0x12, Frame.MakeFolder.class),
  REMOVE(0x13, Frame.Remove.class),
  RENAME(0x14, Frame.Rename.class),
  CHECKSUM(0x15, Frame.Checksum.class),
  PING(0x16, Frame.Ping.class),
  QUIT(0x17, Frame.Quit.class),
  ISSUE(0x18, Frame.Issue.class),
  JOIN(0x19, Frame.Join.class),
  OK(0x20, Frame.Ok.class),
  ITEMS(0x21, Frame.Items.class),
  LIST_END(0x22, Frame.ListEnd.class),
  ATTRIBUTES(0x23, Frame.Attributes.class),
  SUM(0x24, Frame.Sum.class),
  TICKET(0x25, Frame.Ticket.class),
  GET(0x30, Frame.Get.class),
  PUT(0x31, Frame.Put.class),
  JOB(0x32, Frame.Job.class),
  ENTRY(0x33, Frame.Entry.class),
  ENTRY_ERROR(0x34, Frame.EntryError.class),
  DATA(0x35, null),
  JOB_END(0x36, Frame.JobEnd.class),
  WANT(0x37, Frame.Wants.class),
  RESULT(0x38, Frame.Results.class),
  JOB_DONE(0x39, Frame.JobDone.class),
  ABORT(0x3A, Frame.Abort.class);

  private static final FrameType[] BY_CODE = new FrameType[256];
  private static final Map<Class<?>, FrameType> BY_CLASS = new HashMap<>();

  static {
    for (FrameType type : values()) {
      BY_CODE[type.code] = type;
      BY_CLASS.put(type.frame, type);
    }
  }

  private final int code;
  private final Class<? extends Frame> frame;

  /**
   * A type of frames.
   *
   * @param frame null: no control frame
   */
  FrameType(int code, Class<? extends Frame> frame) {
    this.code = code;
    this.frame = frame;
  }

  /** The type's code in the header: 0 to 255. */
  public int code() {
    return code;
  }

  static FrameType of(Frame frame) {
    return BY_CLASS.get(frame.getClass());
  }

  /** The type with this code, or null if the code is unknown. */
  public static FrameType of(int code) {
    return BY_CODE[code & 0xFF];
  }
}
