package dev.ferry.transfer.store;

import dev.ferry.protocol.BadNameException;
import dev.ferry.transfer.store.Listing.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names as they stand on disk, and as people see them. */
final class Names {
  private static final char REPLACEMENT = '\uFFFD';

  private Names() {}

  /** The text of a name, or null if it is not valid UTF-8. */
  static String decode(byte[] bytes) {
    String name = new String(bytes, StandardCharsets.UTF_8);
    boolean exact =
        name.indexOf(REPLACEMENT) < 0
            || Arrays.equals(name.getBytes(StandardCharsets.UTF_8), bytes);
    return exact ? name : null;
  }

  /**
   * Reports a name that is not valid UTF-8.
   *
   * @param shown something to know it by, with U+FFFD for what cannot be read
   */
  static Unreadable unreadable(String shown) {
    return new Unreadable(shown, new BadNameException("the name is not valid UTF-8"));
  }

  /** A name in a folder, both as the user knows them. */
  static String join(String folder, String name) {
    return folder.equals("/") ? "/" + name : folder + "/" + name;
  }
}
