package dev.ferry.client.cli;

import java.util.Arrays;

/** What a command ends with; scripts rely on the numbers. */
public enum ExitCode {
  OK(0),
  /** Some items done and some failed, or failures of different kinds. */
  MIXED(1),
  USAGE(2),
  /** Cannot connect, server full or draining, or connection lost after all retries. */
  UNREACHABLE(3),
  /** Identity or login refused. */
  IDENTITY(4),
  /** The server refused: not found, exists, no permission, no space, quota. */
  REFUSED(5),
  /** Local file error. */
  LOCAL(6),
  /** Content did not verify, or the source changed while it was read. */
  CONTENT(7),
  /** The peer is no Ferry, or broke the protocol. */
  PROTOCOL(8),
  /** A defect in Ferry itself. */
  DEFECT(70),
  INTERRUPTED(130),
  /** The reader of standard output went away; nothing is said about it. */
  PIPE_CLOSED(141),
  TERMINATED(143);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The code with this number; {@link #DEFECT} if there is none. */
  static ExitCode of(int number) {
    return Arrays.stream(values()).filter(code -> code.number == number).findFirst().orElse(DEFECT);
  }

  /**
   * The code of two things done one after the other: of one cause that one, else {@link #MIXED}.
   */
  public ExitCode and(ExitCode other) {
    return this == other ? this : MIXED;
  }
}
