package dev.ferry.protocol;

import java.nio.ByteBuffer;

/** Turns control frames into bytes and back (spec sections 3 to 9). Stateless. */
public final class FrameCodec {
  static final Bytes MAGIC = Bytes.of((byte) 'F', (byte) 'E', (byte) 'R', (byte) 'Y');
  static final int SOFTWARE_BYTES = 64;
  static final int FEATURES = 64;
  static final int FEATURE_BYTES = 64;
  static final int SESSION_BYTES = 32;
  static final int SHA256_BYTES = 32;
  static final int TICKET_BYTES = 16;
  static final int NONCE_BYTES = 32;
  static final int PROOF_BYTES = 32;

  // Proofs of LOGIN.
  static final int KEY_BYTES = 128;
  static final int TOKEN_LEAST = 73;
  static final int TOKEN_MOST = 1056;
  static final int REGISTER_LEAST = 84;
  static final int REGISTER_MOST = 148;

  // Flags of LIST.
  static final int RECURSIVE = 1;
  static final int HIDDEN = 2;
  static final int PATTERN = 4;

  // Flags of PUT.
  static final int FOLDER = 1;
  static final int CHECKSUM = 2;

  /** Instead of a number of ranges in WANT. */
  static final int EVERYTHING = 0xFFFF;

  private FrameCodec() {}

  /**
   * The frame with its header, ready to be written.
   *
   * @throws IllegalArgumentException if no payload can say this: a number, text, list or frame
   *     beyond its limit, or a name that UTF-8 cannot carry
   */
  public static ByteBuffer encode(Frame frame) {
    FieldWriter out = new FieldWriter(96);
    out.u32(0).u8(frame.type().code()).u8(0).u16(0);
    FrameEncoder.encode(frame, out);
    int length = out.position() - FrameHeader.BYTES;
    int limit =
        switch (frame.type()) {
          case HELLO, LOGIN, CHALLENGE, PROOF, WELCOME, BUSY -> Limits.PAYLOAD_BEFORE_LOGIN;
          default -> Limits.PAYLOAD;
        };
    if (length > limit) {
      throw new IllegalArgumentException(
          "%s of %d bytes, at most %d".formatted(frame.type(), length, limit));
    }
    out.patch32(0, length);
    return out.written();
  }

  /**
   * Decodes the payload of a control frame.
   *
   * @param type not DATA, which is no control frame
   * @param payload big-endian, exactly the payload; it is consumed
   * @throws ProtocolException if it breaks a rule; the message names it
   */
  public static Frame decode(FrameType type, ByteBuffer payload) throws ProtocolException {
    FieldReader in = new FieldReader(type, payload);
    Frame frame = FrameDecoder.decode(type, in);
    in.end();
    return frame;
  }
}
