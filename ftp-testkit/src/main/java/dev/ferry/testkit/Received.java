package dev.ferry.testkit;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.FrameCodec;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.ProtocolException;
import java.nio.ByteBuffer;

/**
 * A frame that came.
 *
 * @param type null if its code is unknown
 */
public record Received(FrameType type, Bytes payload) {

  /**
   * What it says.
   *
   * @throws ProtocolException if the payload breaks a rule
   * @throws IllegalStateException if it is DATA, or of unknown type
   */
  public Frame frame() throws ProtocolException {
    if (type == null || type == FrameType.DATA) {
      throw new IllegalStateException(
          (type == null ? "an unknown type" : "DATA") + " is no frame object");
    }
    return FrameCodec.decode(type, ByteBuffer.wrap(payload.toArray()));
  }
}
