package dev.ferry.transfer.store;

import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.TreeException.Problem;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Folders by plain paths, each component of which is looked at before the path is used. Keeps out
 * links that stand still; somebody who swaps a folder for a link at the right moment gets through.
 */
final class CheckedFolders implements Folders {
  private final Path root;
  private final long device;

  private CheckedFolders(Path root, long device) {
    this.root = root;
    this.device = device;
  }

  /**
   * @param real an absolute path without links
   */
  static CheckedFolders open(Path real) throws IOException {
    return new CheckedFolders(real, Checked.stat(real, real.toString()).device());
  }

  @Override
  public String confinement() {
    return "checked paths";
  }

  @Override
  public String user() {
    return Integer.toHexString(System.getProperty("user.name").hashCode());
  }

  @Override
  public Dir open(TreePath folder, Dir.Use use) throws IOException {
    Path path = root;
    String text = "/";
    for (String name : folder.components()) {
      text = Names.join(text, name);
      path = Checked.child(path, name, text);
      Stat stat = Checked.stat(path, text);
      Failures.requireFolder(stat.attributes(), text);
      if (stat.device() != device) {
        throw new TreeException(Problem.OTHER_FILE_SYSTEM, text);
      }
    }
    return new CheckedDir(path, text);
  }

  @Override
  public Folders below(TreePath folder) throws IOException {
    try (Dir dir = open(folder, Dir.Use.NAMES)) {
      return new CheckedFolders(((CheckedDir) dir).path(), device);
    }
  }

  @Override
  public Content openFile(TreePath path) throws IOException {
    if (path.isRoot()) {
      throw new TreeException(Problem.IS_A_FOLDER, path.toString());
    }
    try (Dir parent = open(path.parent(), Dir.Use.NAMES)) {
      String text = path.toString();
      return CheckedFile.openToRead(((CheckedDir) parent).child(path.name()), text);
    }
  }

  @Override
  public boolean canForceAll() {
    return false;
  }

  @Override
  public void forceAll() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Space space() throws IOException {
    FileStore store = Files.getFileStore(root);
    return new Space(store.getTotalSpace(), store.getUsableSpace());
  }

  @Override
  public void close() {
    // Nothing is kept open.
  }
}
