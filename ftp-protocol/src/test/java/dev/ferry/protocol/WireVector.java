package dev.ferry.protocol;

import java.util.List;

/**
 * One file of {@code testdata/frames}; the README there explains the format.
 *
 * @param name the file's name without {@code .txt}
 * @param spec the sections of the specification
 * @param state where the connection is when the first byte arrives
 * @param outcome {@code valid}, {@code skipped}, {@code incomplete}, or {@code invalid} and an
 *     error code
 * @param check what finds the fault of an invalid one
 * @param encodes whether an encoder makes exactly these bytes of the frames
 * @param frames what a decoder gives, in order; empty if the file does not say
 * @param pieces the bytes, in order; neighbours have different senders
 */
public record WireVector(
    String name,
    String spec,
    State state,
    String outcome,
    Check check,
    boolean encodes,
    List<Expected> frames,
    List<Piece> pieces) {

  /** Where a connection is (spec section 3). */
  public enum State {
    GREETING,
    READY,
    JOB
  }

  /** What finds the fault. */
  public enum Check {
    /** The header or the fields of a single frame. */
    FRAME,
    /** The rules for names (spec 4.1). */
    NAMES,
    /** What came before. */
    CONVERSATION
  }

  /** A frame as {@link FrameText} writes it. */
  public record Expected(boolean fromClient, String text) {}

  /** Bytes of one side. */
  public record Piece(boolean fromClient, Bytes bytes) {}

  public boolean is(String expected) {
    return outcome.equals(expected);
  }

  /** Whether each single frame is well formed, though its names or its place may be wrong. */
  public boolean decodes() {
    return is("valid") || check != Check.FRAME;
  }

  @Override
  public String toString() {
    return name;
  }
}
