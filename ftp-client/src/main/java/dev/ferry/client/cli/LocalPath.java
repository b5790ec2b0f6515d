package dev.ferry.client.cli;

import dev.ferry.protocol.Glob;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A local path as a person typed it, seen from the current local folder.
 *
 * @param typed with the slashes and dots of its end, which mean something
 * @param path where that leads
 * @param matched whether a pattern found it
 */
record LocalPath(String typed, Path path, boolean matched) {

  static LocalPath of(Path folder, String typed) throws UsageException {
    return of(folder, typed, false);
  }

  private static LocalPath of(Path folder, String typed, boolean matched) throws UsageException {
    if (typed.isEmpty()) {
      throw new UsageException("an empty text is no path");
    }
    try {
      return new LocalPath(typed, folder.resolve(typed), matched);
    } catch (InvalidPathException e) {
      throw new UsageException("this is no local path: " + e.getReason());
    }
  }

  /** Whether only a folder can be meant. */
  boolean isFolder() {
    return typed.endsWith("/")
        || typed.equals(".")
        || typed.equals("..")
        || typed.endsWith("/.")
        || typed.endsWith("/..");
  }

  /**
   * What a word of the shell stands for: itself, or what it matches, sorted.
   *
   * @throws NoSuchFileException if it matches nothing
   */
  static List<LocalPath> expand(Path folder, String word) throws IOException {
    List<String> found = List.of(word.startsWith("/") ? "/" : "");
    for (String part : word.split("/+", -1)) {
      List<String> deeper = new ArrayList<>();
      for (String start : found) {
        if (part.isEmpty()) {
          deeper.add(start.isEmpty() || start.endsWith("/") ? start : start + "/");
        } else if (!Glob.isPattern(part)) {
          deeper.add(join(start, Glob.unescape(part)));
        } else {
          matches(folder, start, part, deeper);
        }
      }
      found = deeper;
    }
    boolean pattern = Glob.isPattern(word);
    List<LocalPath> paths = new ArrayList<>();
    for (String text : found) {
      LocalPath path = of(folder, text, pattern);
      if (!pattern || Files.exists(path.path(), LinkOption.NOFOLLOW_LINKS)) {
        paths.add(path);
      }
    }
    if (paths.isEmpty()) {
      throw new NoSuchFileException(word, null, "no local file matches");
    }
    return paths;
  }

  private static void matches(Path folder, String start, String pattern, List<String> found)
      throws IOException {
    Path in = of(folder, start.isEmpty() ? "." : start).path();
    if (!Files.isDirectory(in)) {
      return;
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> items = Files.newDirectoryStream(in)) {
      for (Path item : items) {
        String name = item.getFileName().toString();
        if (Glob.matches(pattern, name)) {
          names.add(name);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    names.sort(null);
    names.forEach(name -> found.add(join(start, name)));
  }

  private static String join(String start, String name) {
    return start.isEmpty() || start.endsWith("/") ? start + name : start + "/" + name;
  }
}
