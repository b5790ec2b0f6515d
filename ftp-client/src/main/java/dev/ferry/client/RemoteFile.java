package dev.ferry.client;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.TreePath;
import java.time.Instant;

/**
 * A file or folder on the server.
 *
 * @param path in a listing relative to what was asked for (spec 6.1), else from the root
 * @param size bytes; 0 for all but files
 * @param mode rwxrwxrwx, 0 to 0777
 * @param error why a folder's content is missing from a recursive listing, or null
 */
public record RemoteFile(
    TreePath path, FileKind kind, long size, Instant modified, int mode, Reason error) {
  private static final int NANOS = 1_000_000_000;

  static RemoteFile of(TreePath path, Frame.FileAttributes attributes, int error) {
    long time = attributes.modified();
    return new RemoteFile(
        path,
        kind(attributes.kind()),
        attributes.size(),
        Instant.ofEpochSecond(Math.floorDiv(time, NANOS), Math.floorMod(time, NANOS)),
        attributes.mode(),
        error == 0 ? null : reason(error));
  }

  static FileKind kind(Frame.Kind kind) {
    return switch (kind) {
      case FILE -> FileKind.FILE;
      case FOLDER -> FileKind.FOLDER;
      case LINK -> FileKind.LINK;
      case OTHER -> FileKind.OTHER;
    };
  }

  private static Reason reason(int code) {
    Reason reason = new Reason(code, "");
    return reason.known() == null ? reason : new Reason(reason.known(), reason.known().meaning());
  }
}
