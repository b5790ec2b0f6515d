package dev.ferry.transfer;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Overwrite;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Hash128;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Attributes;
import dev.ferry.transfer.store.Replace;
import dev.ferry.transfer.store.Source;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Decides what is to be done with an entry, by looking at what stands at its target. Used by one
 * thread.
 */
final class Intake {
  /** What is to be done. */
  sealed interface Verdict {}

  /** Its content is needed. */
  record Fetch(Replace replace) implements Verdict {}

  /** Only its content hash is needed, to be compared with what stands at the target. */
  record Compare() implements Verdict {}

  /** A folder was made for it. */
  record Made() implements Verdict {}

  /** It has ended. */
  record Over(Status status, Reason reason) implements Verdict {}

  /** What a folder needs while files arrive in it. */
  private static final int OWNER = 0700;

  private static final Over UNCHANGED = new Over(Status.UNCHANGED, null);

  private final Tree tree;
  private final Overwrite overwrite;
  private final boolean checksum;
  private TreePath madeFolder;
  private TreePath lostFolder;
  private Reason lostReason;

  /**
   * For one job.
   *
   * @param checksum whether a file of equal size is always compared by content
   */
  Intake(Tree tree, Overwrite overwrite, boolean checksum) {
    this.tree = tree;
    this.overwrite = overwrite;
    this.checksum = checksum;
  }

  Verdict decide(Inbound entry) {
    if (lostFolder != null && entry.target.startsWith(lostFolder)) {
      return new Over(Status.FAILED, lostReason);
    }
    try {
      return entry.attributes.kind() == Frame.Kind.FOLDER ? folder(entry) : file(entry);
    } catch (IOException e) {
      Reason reason = Errors.reason(e);
      if (entry.attributes.kind() == Frame.Kind.FOLDER) {
        lostFolder = entry.target;
        lostReason = reason;
      }
      return new Over(Status.FAILED, reason);
    }
  }

  private Verdict folder(Inbound entry) throws IOException {
    if (entry.target.isRoot()) {
      return UNCHANGED;
    }
    try {
      tree.makeFolder(entry.target);
      // Private folders are so before anything is in them; all of it is set when they are complete.
      int ours = entry.attributes.mode() | OWNER;
      tree.setFolderAttributes(entry.target, entry.attributes.modified(), ours);
      madeFolder = entry.target;
      return new Made();
    } catch (FileAlreadyExistsException e) {
      if (tree.stat(entry.target).isFolder()) {
        return UNCHANGED;
      }
      throw new NotDirectoryException(e.getFile());
    }
  }

  private Verdict file(Inbound entry) throws IOException {
    Fetch missing = new Fetch(overwrite == Overwrite.ALWAYS ? Replace.ALWAYS : Replace.NEVER);
    if (isJustMade(entry.target.parent())) {
      return missing;
    }
    Attributes there;
    try {
      there = tree.stat(entry.target);
    } catch (NoSuchFileException _) {
      return missing;
    }
    return switch (there.kind()) {
      case FILE -> existing(entry, there);
      case FOLDER -> failed(ErrorCode.IS_A_FOLDER, "a folder of that name stands there");
      case LINK -> failed(ErrorCode.LINK, "a link of that name stands there");
      case OTHER -> failed(ErrorCode.NOT_REGULAR, "a special file of that name stands there");
    };
  }

  /**
   * Whether nothing stands in a folder, because it was made for this job a moment ago. Should
   * somebody be faster, the publication will notice.
   */
  private boolean isJustMade(TreePath folder) {
    return madeFolder != null && madeFolder.equals(folder);
  }

  private Verdict existing(Inbound entry, Attributes there) {
    if (isSame(entry, there)) {
      return UNCHANGED;
    }
    boolean sameSize = there.size() == entry.size();
    boolean compares = checksum || overwrite == Overwrite.NEVER;
    return sameSize && compares ? new Compare() : different(entry, there);
  }

  private Verdict different(Inbound entry, Attributes there) {
    return switch (overwrite) {
      case NEVER -> exists();
      case NEWER ->
          entry.attributes.modified() > there.mtimeNanos()
              ? new Fetch(Replace.only(there.fingerprint()))
              : new Over(Status.SKIPPED, null);
      case ALWAYS -> new Fetch(Replace.ALWAYS);
    };
  }

  /**
   * What became of an entry that was to be published. If somebody else was faster, and with the
   * same file, it is unchanged.
   *
   * @param failure null if it was published
   */
  Over published(Inbound entry, IOException failure) {
    if (failure == null) {
      return new Over(Status.DONE, null);
    }
    try {
      if (failure instanceof FileAlreadyExistsException && isSame(entry, tree.stat(entry.target))) {
        return UNCHANGED;
      }
    } catch (IOException _) {
      // What stands there cannot be looked at: the first failure says it all.
    }
    return new Over(Status.FAILED, Errors.reason(failure));
  }

  private boolean isSame(Inbound entry, Attributes there) {
    return !checksum
        && there.isFile()
        && there.size() == entry.size()
        && there.mtimeNanos() == entry.attributes.modified();
  }

  /** What is to be done with an entry whose content hash is known, and what stands there too. */
  Verdict compare(Inbound entry, Hash128 contentHash) throws IOException {
    try (Source there = tree.open(entry.target)) {
      return contentHash.equals(ContentHash.of(there))
          ? UNCHANGED
          : different(entry, there.attributes());
    }
  }

  /** The different file stays. */
  private static Over exists() {
    return failed(ErrorCode.EXISTS, ErrorCode.EXISTS.meaning());
  }

  private static Over failed(ErrorCode code, String text) {
    return new Over(Status.FAILED, new Reason(code, text));
  }
}
