package dev.ferry.client.shell;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Names in local folders, for completion. */
final class LocalNames {
  private static final int MOST = 10_000;

  private LocalNames() {}

  /** The names in a folder, as many as a person can make use of; none if it cannot be read. */
  static List<Named> in(Path folder) {
    List<Named> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        names.add(new Named(entry.getFileName().toString(), Files.isDirectory(entry)));
        if (names.size() == MOST) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      return List.of();
    }
    return names;
  }
}
