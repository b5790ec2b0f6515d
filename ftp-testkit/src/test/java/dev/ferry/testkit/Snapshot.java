package dev.ferry.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything there is to know about a folder and what it holds, but who read it last. */
final class Snapshot {
  private static final String ASKED = "unix:mode,uid,nlink,ino,size,lastModifiedTime,ctime";

  private Snapshot() {}

  /** A tree that nothing may touch, beside the one under test, and what it is like. */
  static Path plant(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("folder/below"));
    for (String name : new String[] {"file", "kept-file", "folder/file", "folder/below/file"}) {
      Files.writeString(folder.resolve(name), "precious");
    }
    return folder;
  }

  static SortedMap<String, String> of(Path folder) throws IOException {
    SortedMap<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        var attributes = Files.readAttributes(path, ASKED, LinkOption.NOFOLLOW_LINKS);
        String content = Files.isRegularFile(path) ? Files.readString(path) : "";
        found.put(folder.relativize(path).toString(), new TreeMap<>(attributes) + content);
      }
    }
    return found;
  }

  /** Lets its owner see all there is in a folder, whatever modes came with it. */
  static void unlock(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return;
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    if (Files.isDirectory(path)) {
      try (Stream<Path> all = Files.list(path)) {
        for (Path below : all.toList()) {
          unlock(below);
        }
      }
    }
  }

  /** Removes what a folder holds; links are not followed. */
  static void clear(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(folder)) {
          Files.delete(path);
        }
      }
    }
  }
}
