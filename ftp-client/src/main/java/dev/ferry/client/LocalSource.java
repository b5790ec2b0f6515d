package dev.ferry.client;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A local file or folder as a person typed it.
 *
 * @param typed decides its name on the other side: none if it ends in {@code .} or {@code ..} or is
 *     the root, so that what it holds is meant
 * @param path where that leads
 * @param matched whether a pattern found it, and nobody typed it: then a link is left out like one
 *     in a folder
 */
public record LocalSource(String typed, Path path, boolean matched) {
  /** One that was typed. */
  public LocalSource(String typed, Path path) {
    this(typed, path, false);
  }

  /** The name on the other side; empty if it has none. */
  String name() {
    String trimmed = typed.replaceFirst("/+$", "");
    String last = trimmed.substring(trimmed.lastIndexOf('/') + 1);
    return last.equals(".") || last.equals("..") ? "" : last;
  }

  /** What stands before the name, ending in a slash, or empty. */
  String folder() {
    String trimmed = typed.replaceFirst("/+$", "");
    return name().isEmpty()
        ? trimmed + "/"
        : trimmed.substring(0, trimmed.length() - name().length());
  }

  /** Whether a link is meant, and not what it leads to; those above it are followed. */
  boolean isLink() {
    return (matched || !mustBeFolder()) && Files.isSymbolicLink(path);
  }

  /** Whether only a folder can be meant. */
  boolean mustBeFolder() {
    return typed.endsWith("/");
  }
}
