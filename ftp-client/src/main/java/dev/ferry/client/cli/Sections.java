package dev.ferry.client.cli;

import dev.ferry.client.RemoteFile;
import dev.ferry.protocol.TreePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A listing, folder by folder, each sorted by name. */
final class Sections {
  private static final Comparator<TreePath> DEEPER_BEHIND =
      (one, other) -> compare(one.components().iterator(), other.components().iterator());

  private final boolean flat;
  private final NavigableMap<TreePath, List<RemoteFile>> folders = new TreeMap<>(DEEPER_BEHIND);

  /**
   * An empty listing.
   *
   * @param flat whether all go into one section, with their whole paths
   */
  Sections(boolean flat) {
    this.flat = flat;
    clear();
  }

  void clear() {
    folders.clear();
    folders.put(TreePath.ROOT, new ArrayList<>());
  }

  void add(RemoteFile file) {
    TreePath folder = flat ? TreePath.ROOT : file.path().parent();
    folders.computeIfAbsent(folder, _ -> new ArrayList<>()).add(file);
  }

  /** Whether there is nothing but one file or folder of this name. */
  boolean isJust(String name) {
    List<RemoteFile> first = folders.firstEntry().getValue();
    return folders.size() == 1 && first.size() == 1 && first.getFirst().path().name().equals(name);
  }

  /** All of them, in order. */
  Iterable<RemoteFile> files() {
    return () -> folders.keySet().stream().flatMap(folder -> in(folder).stream()).iterator();
  }

  /** The folders, each before those in it. */
  Iterable<TreePath> folders() {
    return folders.keySet();
  }

  /** What is in a folder, sorted. */
  List<RemoteFile> in(TreePath folder) {
    List<RemoteFile> files = folders.get(folder);
    files.sort(Comparator.comparing(RemoteFile::path, DEEPER_BEHIND));
    return files;
  }

  /** What a file is called in its section. */
  String name(RemoteFile file) {
    return flat ? String.join("/", file.path().components()) : file.path().name();
  }

  private static int compare(Iterator<String> one, Iterator<String> other) {
    while (one.hasNext() && other.hasNext()) {
      int order = one.next().compareTo(other.next());
      if (order != 0) {
        return order;
      }
    }
    return Boolean.compare(one.hasNext(), other.hasNext());
  }
}
