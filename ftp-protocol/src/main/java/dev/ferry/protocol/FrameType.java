package dev.ferry.protocol;

/** The types of frames and their codes on the wire (spec section 3). */
public enum FrameType {
  HELLO(0x01),
  LOGIN(0x02),
  WELCOME(0x03),
  BUSY(0x04),
  ERROR(0x05),
  ALIVE(0x06),
  LIST(0x10),
  STAT(0x11),
  MKDIR(0x12),
  REMOVE(0x13),
  RENAME(0x14),
  CHECKSUM(0x15),
  PING(0x16),
  QUIT(0x17),
  ISSUE(0x18),
  JOIN(0x19),
  OK(0x20),
  ITEMS(0x21),
  LIST_END(0x22),
  ATTRIBUTES(0x23),
  SUM(0x24),
  TICKET(0x25),
  GET(0x30),
  PUT(0x31),
  JOB(0x32),
  ENTRY(0x33),
  ENTRY_ERROR(0x34),
  DATA(0x35),
  JOB_END(0x36),
  WANT(0x37),
  RESULT(0x38),
  JOB_DONE(0x39),
  ABORT(0x3A);

  private static final FrameType[] BY_CODE = new FrameType[256];

  static {
    for (FrameType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;

  FrameType(int code) {
    this.code = code;
  }

  /** The type's code in the header: 0 to 255. */
  public int code() {
    return code;
  }

  /** The type with this code, or null if the code is unknown. */
  public static FrameType of(int code) {
    return BY_CODE[code & 0xFF];
  }
}
