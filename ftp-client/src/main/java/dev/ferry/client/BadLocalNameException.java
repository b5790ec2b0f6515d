package dev.ferry.client;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A local name is not UTF-8: Ferry cannot send it, and Java cannot even open it (spec 4.1). */
public final class BadLocalNameException extends FileSystemException {
  private static final long serialVersionUID = 1L;
  private static final char REPLACEMENT = '\uFFFD';

  private BadLocalNameException(String file) {
    super(file, null, "the name is not valid UTF-8");
  }

  /** Java puts U+FFFD where it cannot read a name; what bears that sign truly is there. */
  static void check(String typed, Path path) throws BadLocalNameException {
    if (typed.indexOf(REPLACEMENT) >= 0 && Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new BadLocalNameException(typed);
    }
  }
}
