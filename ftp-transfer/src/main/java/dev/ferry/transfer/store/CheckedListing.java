package dev.ferry.transfer.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;

/** The entries of a folder as the JDK lists them. */
final class CheckedListing implements Listing {
  private final DirectoryStream<Path> stream;
  private final Iterator<Path> names;
  private final String path;

  /**
   * @param stream closed with this
   * @param path the folder as the user knows it
   */
  CheckedListing(DirectoryStream<Path> stream, String path) {
    this.stream = stream;
    this.names = stream.iterator();
    this.path = path;
  }

  @Override
  public Item next() throws IOException {
    try {
      return names.hasNext() ? item(names.next()) : null;
    } catch (DirectoryIteratorException e) {
      return Checked.attempt(
          path,
          () -> {
            throw e.getCause();
          });
    }
  }

  private Item item(Path found) {
    String name = found.getFileName().toString();
    if (!found.equals(found.resolveSibling(name))) {
      return Names.unreadable(name);
    }
    try {
      return new Entry(name, Checked.stat(found, Names.join(path, name)).attributes());
    } catch (IOException e) {
      return new Unreadable(name, e);
    }
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      // Nothing was written; the descriptor is gone in any case.
    }
  }
}
