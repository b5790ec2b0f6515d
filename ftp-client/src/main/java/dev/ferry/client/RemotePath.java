package dev.ferry.client;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Glob;
import dev.ferry.protocol.TreePath;
import java.util.ArrayList;
import java.util.List;

/**
 * A remote path as a person gave it: where it leads, and what its spelling says beyond that.
 *
 * @param components outermost first; if {@code pattern}, each in the syntax of spec 4.2, else plain
 *     names
 * @param pattern whether it may stand for several files
 * @param folder whether it ended in a slash, {@code .} or {@code ..}, so that only a folder can be
 *     meant
 * @param contents whether it ended in {@code .} or {@code ..} or was the root: as a source it has
 *     no name of its own, and what it holds is meant
 */
public record RemotePath(
    List<String> components, boolean pattern, boolean folder, boolean contents) {

  public RemotePath {
    components = List.copyOf(components);
  }

  /** The path of one file or folder. */
  public static RemotePath of(TreePath path) {
    return new RemotePath(path.components(), false, path.isRoot(), path.isRoot());
  }

  /**
   * A path in the syntax of patterns (spec 4.2), where a backslash takes the meaning from the sign
   * behind it.
   *
   * @param base where a path begins that has no leading slash
   */
  public static RemotePath parse(TreePath base, String text) throws BadNameException {
    Builder path = new Builder(text.startsWith("/") ? TreePath.ROOT : base);
    for (String part : text.split("/", -1)) {
      path.add(part, part);
    }
    return path.build();
  }

  /**
   * The one path that is meant.
   *
   * @throws IllegalStateException if it is a pattern
   */
  public TreePath path() {
    if (pattern) {
      throw new IllegalStateException("a pattern stands for no single path");
    }
    try {
      return TreePath.of(components);
    } catch (BadNameException e) {
      throw new IllegalStateException("checked when it was built", e);
    }
  }

  /** The last name; empty where {@code contents} is set. */
  public String name() {
    return contents || components.isEmpty() ? "" : components.getLast();
  }

  /** With a slash before each component, unescaped: foreign text may be in it. */
  @Override
  public String toString() {
    return "/" + String.join("/", components) + (folder && !components.isEmpty() ? "/" : "");
  }

  /** Collects the parts between slashes; {@code .} and {@code ..} are resolved lexically. */
  static final class Builder {
    private final List<String> patterns = new ArrayList<>();
    private boolean folder;
    private boolean contents;

    Builder(TreePath base) {
      base.components().forEach(name -> patterns.add(Glob.escape(name)));
      folder = true;
      contents = true;
    }

    /**
     * Adds a part.
     *
     * @param raw as it was written, to tell a {@code ..} from a name
     * @param pattern the same in the syntax of patterns
     */
    void add(String raw, String pattern) {
      folder = raw.isEmpty() || raw.equals(".") || raw.equals("..");
      if (raw.isEmpty()) {
        return;
      }
      contents = folder;
      if (!folder) {
        patterns.add(pattern);
      } else if (raw.equals("..") && !patterns.isEmpty()) {
        patterns.removeLast();
      }
    }

    RemotePath build() throws BadNameException {
      boolean none = patterns.isEmpty();
      if (patterns.stream().anyMatch(Glob::isPattern)) {
        TreePath.of(patterns);
        return new RemotePath(patterns, true, folder, contents);
      }
      List<String> names = patterns.stream().map(Glob::unescape).toList();
      TreePath.of(names);
      return new RemotePath(names, false, folder || none, contents || none);
    }
  }
}
