package dev.ferry.client.shell;

import dev.ferry.client.FerryUrl;
import dev.ferry.client.RemotePath;
import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Glob;
import dev.ferry.protocol.TreePath;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.Candidate;

/** Offers the names in the folder that a word being typed leads to. */
final class PathCompleter {
  private final Places places;

  PathCompleter(Places places) {
    this.places = places;
  }

  /** Where paths begin, and what is there. */
  interface Places {
    TreePath remoteFolder();

    Path localFolder();

    /** Never blocks for long; may know nothing. */
    List<Named> remote(TreePath folder);

    /** May know nothing. */
    List<Named> local(Path folder);
  }

  /**
   * Names that can complete a path. Those with a leading dot are offered to somebody who typed one.
   *
   * @param word as it is meant, without quoting
   */
  Stream<Candidate> complete(String word, boolean local, boolean foldersOnly) {
    if (!local && FerryUrl.isUrl(word)) {
      return Stream.empty();
    }
    int slash = word.lastIndexOf('/') + 1;
    String folder = word.substring(0, slash);
    boolean hidden = word.startsWith(".", slash);
    return (local ? local(folder) : remote(folder))
        .stream()
            .filter(name -> name.folder() || !foldersOnly)
            .filter(name -> hidden || !name.text().startsWith("."))
            .map(name -> candidate(folder, name));
  }

  private static Candidate candidate(String folder, Named name) {
    String end = name.folder() ? "/" : "";
    String start = folder.isEmpty() && name.text().startsWith("-") ? "./" : folder;
    return ShellCompleter.candidate(start + name.text() + end, name.text() + end, !name.folder());
  }

  private List<Named> remote(String folder) {
    try {
      return places.remote(RemotePath.parse(places.remoteFolder(), Glob.escape(folder)).path());
    } catch (BadNameException _) {
      return List.of();
    }
  }

  private List<Named> local(String folder) {
    try {
      return places.local(places.localFolder().resolve(folder));
    } catch (InvalidPathException _) {
      return List.of();
    }
  }
}
