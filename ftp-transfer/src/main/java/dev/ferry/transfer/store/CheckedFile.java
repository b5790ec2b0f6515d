package dev.ferry.transfer.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A regular file as a channel, and its path for what a channel cannot do. */
final class CheckedFile implements Content {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final FileChannel channel;
  private final Path path;
  private final String text;
  private final Attributes attributes;

  private CheckedFile(FileChannel channel, Path path, String text) throws IOException {
    this.channel = channel;
    this.path = path;
    this.text = text;
    this.attributes = current();
  }

  static CheckedFile openToRead(Path path, String text) throws IOException {
    Failures.requireRegular(Checked.stat(path, text).attributes(), text);
    return open(path, text, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * @param creation whether the file may exist
   */
  static CheckedFile openToWrite(Path path, String text, StandardOpenOption creation)
      throws IOException {
    return open(
        path,
        text,
        Set.of(
            creation,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS));
  }

  private static CheckedFile open(Path path, String text, Set<OpenOption> how) throws IOException {
    FileChannel channel = Checked.attempt(text, () -> FileChannel.open(path, how, OWNER_ONLY));
    try {
      return new CheckedFile(channel, path, text);
    } catch (Throwable t) {
      channel.close();
      throw t;
    }
  }

  @Override
  public Attributes attributes() {
    return attributes;
  }

  @Override
  public Attributes current() throws IOException {
    return Checked.stat(path, text).attributes();
  }

  @Override
  public int read(ByteBuffer buffer, long position) throws IOException {
    int start = buffer.position();
    Checked.run(
        text,
        () -> {
          int read = 0;
          while (buffer.hasRemaining() && read >= 0) {
            read = channel.read(buffer, position + buffer.position() - start);
          }
        });
    return buffer.position() - start;
  }

  @Override
  public void write(ByteBuffer buffer, long position) throws IOException {
    int start = buffer.position();
    Checked.run(
        text,
        () -> {
          while (buffer.hasRemaining()) {
            channel.write(buffer, position + buffer.position() - start);
          }
        });
  }

  @Override
  public boolean lock() throws IOException {
    try {
      return Checked.attempt(text, channel::tryLock) != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  /** Extends by writing the last byte, which FileChannel's own truncation does not do. */
  @Override
  public void truncate(long size) throws IOException {
    Checked.run(
        text,
        () -> {
          if (channel.size() < size) {
            channel.write(ByteBuffer.allocate(1), size - 1);
          } else {
            channel.truncate(size);
          }
        });
  }

  @Override
  public void setAttributes(long mtimeNanos, int mode) throws IOException {
    Checked.setAttributes(path, text, mtimeNanos, mode);
  }

  @Override
  public void force() throws IOException {
    Checked.run(text, () -> channel.force(true));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // What matters was forced before; a file that was only read has nothing to lose.
    }
  }
}
