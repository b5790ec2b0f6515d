package dev.ferry.transfer.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder as a path whose components were folders when they were looked at. */
final class CheckedDir implements Dir {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;
  private final String text;

  /**
   * @param text the path as the user knows it
   */
  CheckedDir(Path folder, String text) {
    this.folder = folder;
    this.text = text;
  }

  Path path() {
    return folder;
  }

  Path child(String name) throws TreeException {
    return Checked.child(folder, name, pathOf(name));
  }

  @Override
  public Dir share() {
    return this;
  }

  @Override
  public Attributes stat() throws IOException {
    return Checked.stat(folder, text).attributes();
  }

  @Override
  public Attributes stat(String name) throws IOException {
    return Checked.stat(child(name), pathOf(name)).attributes();
  }

  @Override
  public long changeNanos(String name) throws IOException {
    return Checked.stat(child(name), pathOf(name)).changeNanos();
  }

  @Override
  @SuppressWarnings("StreamResourceLeak") // closed with the listing
  public Listing list() throws IOException {
    DirectoryStream<Path> names = Checked.attempt(text, () -> Files.newDirectoryStream(folder));
    return new CheckedListing(names, text);
  }

  @Override
  public void makeFolder(String name) throws IOException {
    Path path = child(name);
    Checked.attempt(pathOf(name), () -> Files.createDirectory(path));
  }

  @Override
  public void makePrivateFolder(String name) throws IOException {
    Path path = child(name);
    Checked.attempt(pathOf(name), () -> Files.createDirectory(path, OWNER_ONLY));
  }

  @Override
  public void remove(String name) throws IOException {
    Path path = child(name);
    Checked.run(pathOf(name), () -> Files.delete(path));
  }

  @Override
  public void rename(String name, Dir to, String newName) throws IOException {
    Path path = child(name);
    Path newPath = ((CheckedDir) to).child(newName);
    Checked.run(
        to.pathOf(newName), () -> Files.move(path, newPath, StandardCopyOption.ATOMIC_MOVE));
  }

  /** Never: the JDK looks first and renames then. */
  @Override
  public boolean renameNoReplace(String name, Dir to, String newName) {
    return false;
  }

  @Override
  public void link(String name, Dir to, String newName) throws IOException {
    Path path = child(name);
    Path newPath = ((CheckedDir) to).child(newName);
    Checked.run(to.pathOf(newName), () -> Files.createLink(newPath, path));
  }

  @Override
  public Dir open(String name) throws IOException {
    Failures.requireFolder(stat(name), pathOf(name));
    return new CheckedDir(child(name), pathOf(name));
  }

  @Override
  public Content create(String name) throws IOException {
    return CheckedFile.openToWrite(child(name), pathOf(name), StandardOpenOption.CREATE_NEW);
  }

  @Override
  public Content openOrCreate(String name) throws IOException {
    return CheckedFile.openToWrite(child(name), pathOf(name), StandardOpenOption.CREATE);
  }

  @Override
  public void setAttributes(long mtimeNanos, int mode) throws IOException {
    Checked.setAttributes(folder, text, mtimeNanos, mode);
  }

  /** The owner is compared with that of a new file, since the JDK does not tell who we are. */
  @Override
  public boolean isPrivate() throws IOException {
    Stat stat = Checked.stat(folder, text);
    Path probe = Checked.attempt(text, () -> Files.createTempFile(folder, "probe", null));
    try {
      return (stat.mode() & 077) == 0 && Checked.stat(probe, text).user() == stat.user();
    } finally {
      Checked.run(text, () -> Files.delete(probe));
    }
  }

  /** The JDK has no locks on folders. */
  @Override
  public void use() {}

  @Override
  public boolean claim() {
    return false;
  }

  @Override
  public void force() throws IOException {
    Checked.run(
        text,
        () -> {
          try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
          }
        });
  }

  @Override
  public String pathOf(String name) {
    return name.isEmpty() ? text : Names.join(text, name);
  }

  @Override
  public void close() {
    // Nothing is kept open.
  }
}
