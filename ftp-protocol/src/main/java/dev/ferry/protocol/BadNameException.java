package dev.ferry.protocol;

import java.io.IOException;

/**
 * A path, or one component of it, is not a name that Ferry carries. Ends the entry that it belongs
 * to and nothing else.
 *
 * <p>The message is safe to print: the offending text appears in it escaped and shortened.
 */
public final class BadNameException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_CHARS = 80;

  private final int index;

  BadNameException(int index, String name, String reason) {
    super(
        "path component " + (index + 1) + " \"" + Printable.text(shortened(name)) + "\" " + reason);
    this.index = index;
  }

  /** Reports a path that is bad as a whole, or a name that has no text at all. */
  public BadNameException(String reason) {
    super(reason);
    this.index = -1;
  }

  /** The component at fault, counted from 0; -1 if the fault is not in a single component. */
  public int index() {
    return index;
  }

  private static String shortened(String name) {
    return name.length() <= SHOWN_CHARS ? name : name.substring(0, SHOWN_CHARS) + "…";
  }
}
