package dev.ferry.transfer.store;

import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** A file in the staging folder. */
final class StagedFile implements Staged {
  /** Makes looking at a target and replacing it one step among the threads of this process. */
  private static final ReentrantLock REPLACING = new ReentrantLock();

  private final Staging staging;
  private final Dir folder;
  private final String name;
  private final Content content;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean stays;

  /**
   * @param folder the staging folder; closed with this
   * @param content closed with this
   */
  StagedFile(Staging staging, Dir folder, String name, Content content) {
    this.staging = staging;
    this.folder = folder;
    this.name = name;
    this.content = content;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() throws IOException {
    return content.current().size();
  }

  @Override
  public int read(ByteBuffer buffer, long position) throws IOException {
    return content.read(buffer, position);
  }

  @Override
  public void write(ByteBuffer buffer, long position) throws IOException {
    content.write(buffer, position);
  }

  @Override
  public boolean lock() throws IOException {
    if (!content.lock()) {
      return false;
    }
    Attributes named = statOrNull(folder, name);
    return named != null && named.fingerprint().equals(content.current().fingerprint());
  }

  @Override
  public void truncate(long size) throws IOException {
    content.truncate(size);
  }

  @Override
  public void setAttributes(long mtimeNanos, int mode) throws IOException {
    content.setAttributes(mtimeNanos, Umask.apply(mode));
  }

  @Override
  public void force() throws IOException {
    content.force();
  }

  @Override
  public void publish(TreePath target, Replace how) throws IOException {
    if (target.isRoot()) {
      throw new TreeException(TreeException.Problem.IS_A_FOLDER, target.toString());
    }
    try (Dir to = staging.folders().open(target.parent(), Dir.Use.NAMES)) {
      switch (how) {
        case Replace.Nothing _ -> NoReplace.move(folder, name, to, target.name());
        case Replace.AnyFile _, Replace.OneFile _ -> replace(to, target.name(), how);
      }
    } catch (NoSuchFileException e) {
      requireName();
      throw e;
    }
    stays = true;
  }

  private void requireName() throws IOException {
    if (statOrNull(folder, name) == null) {
      throw new FileSystemException(
          folder.pathOf(name), null, "was removed from the staging folder before it was published");
    }
  }

  private void replace(Dir to, String target, Replace how) throws IOException {
    REPLACING.lock();
    try {
      Attributes there = statOrNull(to, target);
      if (there == null) {
        NoReplace.move(folder, name, to, target);
        return;
      }
      Failures.requireRegular(there, to.pathOf(target));
      if (how instanceof Replace.OneFile(Fingerprint seen) && !seen.equals(there.fingerprint())) {
        throw new FileAlreadyExistsException(
            to.pathOf(target), null, "was changed by somebody else meanwhile");
      }
      folder.rename(name, to, target);
    } finally {
      REPLACING.unlock();
    }
  }

  private static Attributes statOrNull(Dir folder, String name) throws IOException {
    try {
      return folder.stat(name);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public void keep() {
    stays = true;
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    if (!stays) {
      remove();
    }
    content.close();
    folder.close();
    staging.noLongerInUse(this);
  }

  private void remove() {
    try {
      folder.remove(name);
    } catch (IOException e) {
      // What cannot be removed now is collected when it is stale.
    }
  }
}
