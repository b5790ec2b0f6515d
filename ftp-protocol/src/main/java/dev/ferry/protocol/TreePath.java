package dev.ferry.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The place of a file or folder below a root: a list of names, never a string to be taken apart
 * again.
 *
 * <p>A name is 1 to {@value #MAX_NAME_BYTES} bytes of strict UTF-8 without NUL or {@code /}, and is
 * neither {@code .} nor {@code ..} and does not begin with {@value #STAGING_NAME}. Everything else
 * (spaces, tabs, backslashes, any script) is an ordinary name and travels unchanged; names are
 * compared byte by byte. A path has at most {@value #MAX_COMPONENTS} names, and at most {@value
 * #MAX_BYTES} bytes counting one separator before each name. So a value of this type cannot lead
 * out of a root by its text; that links do not lead out either is the business of the store.
 */
public final class TreePath {
  /** The longest name, in bytes of UTF-8. */
  public static final int MAX_NAME_BYTES = 255;

  /** The deepest path. */
  public static final int MAX_COMPONENTS = 128;

  /** The longest path, in bytes of UTF-8, with one separator before each name. */
  public static final int MAX_BYTES = 4096;

  /**
   * The folders that hold files which are not proven yet: this name, or this with something behind
   * it. No path leads to them or into them.
   */
  public static final String STAGING_NAME = ".ferry-staging";

  /** The root itself: no names. */
  public static final TreePath ROOT = new TreePath(List.of());

  private final List<String> components;

  private TreePath(List<String> components) {
    this.components = components;
  }

  /** See {@link #of(List)}. */
  public static TreePath of(String... components) throws BadNameException {
    return of(Arrays.asList(components));
  }

  /**
   * Checks every name and the limits of the whole.
   *
   * @throws BadNameException naming the first component at fault
   */
  public static TreePath of(List<String> components) throws BadNameException {
    List<String> copy = List.copyOf(components);
    if (copy.size() > MAX_COMPONENTS) {
      throw new BadNameException(
          "the path has " + copy.size() + " components, the limit is " + MAX_COMPONENTS);
    }
    int bytes = 0;
    for (int i = 0; i < copy.size(); i++) {
      bytes += 1 + checkedLength(i, copy.get(i));
    }
    if (bytes > MAX_BYTES) {
      throw new BadNameException("the path is " + bytes + " bytes long, the limit is " + MAX_BYTES);
    }
    return copy.isEmpty() ? ROOT : new TreePath(copy);
  }

  /**
   * A path that decides who may see what: {@code /}, {@code /a/b} or {@code a/b}, from the root.
   * Unlike {@link #parse} it guesses nothing: {@code ..}, {@code .} and empty names are none.
   *
   * @throws BadNameException naming the first component at fault
   */
  public static TreePath exactly(String text) throws BadNameException {
    String names = text.startsWith("/") ? text.substring(1) : text;
    return text.equals("/") ? ROOT : of(names.split("/", -1));
  }

  /** A path as a person types it, seen from the root: see {@link #resolve}. */
  public static TreePath parse(String text) throws BadNameException {
    return resolve(ROOT, text);
  }

  /**
   * A path as a person types it. A leading {@code /} starts at the root, anything else at {@code
   * base}; empty names and {@code .} are skipped; {@code ..} goes up lexically and stays at the
   * root when there is nothing above.
   */
  public static TreePath resolve(TreePath base, String text) throws BadNameException {
    List<String> names = new ArrayList<>(text.startsWith("/") ? List.of() : base.components);
    for (String name : text.split("/", -1)) {
      if (name.equals("..")) {
        if (!names.isEmpty()) {
          names.removeLast();
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return of(names);
  }

  /** The names, outermost first; cannot be changed. */
  public List<String> components() {
    return components;
  }

  /** The last name; empty for the root. */
  public String name() {
    return isRoot() ? "" : components.getLast();
  }

  /** The folder that holds this; the root for the root. */
  public TreePath parent() {
    return components.size() <= 1
        ? ROOT
        : new TreePath(components.subList(0, components.size() - 1));
  }

  /** This path and one name more. */
  public TreePath child(String name) throws BadNameException {
    return append(List.of(name));
  }

  /** This path and all names of {@code tail} below it. */
  public TreePath append(TreePath tail) throws BadNameException {
    return append(tail.components);
  }

  private TreePath append(List<String> tail) throws BadNameException {
    List<String> names = new ArrayList<>(components.size() + tail.size());
    names.addAll(components);
    names.addAll(tail);
    return of(names);
  }

  /** Without its first {@code count} names: what is left of a path below one of its ancestors. */
  public TreePath from(int count) {
    return count == components.size()
        ? ROOT
        : new TreePath(components.subList(count, components.size()));
  }

  /** Whether this is {@code ancestor} or lies below it. */
  public boolean startsWith(TreePath ancestor) {
    int depth = ancestor.components.size();
    return depth <= components.size() && components.subList(0, depth).equals(ancestor.components);
  }

  /** Whether a name is kept for files that are not proven yet. */
  public static boolean isReserved(String name) {
    return name.startsWith(STAGING_NAME);
  }

  /** Whether this is the root itself. */
  public boolean isRoot() {
    return components.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TreePath path && components.equals(path.components);
  }

  @Override
  public int hashCode() {
    return components.hashCode();
  }

  /** The names with a slash before each, unescaped; {@code /} for the root. */
  @Override
  public String toString() {
    return "/" + String.join("/", components);
  }

  /** Returns the length in bytes of UTF-8. */
  private static int checkedLength(int index, String name) throws BadNameException {
    if (name.isEmpty()) {
      throw new BadNameException(index, name, "is empty");
    }
    if (name.equals(".") || name.equals("..")) {
      throw new BadNameException(index, name, "is not a name");
    }
    if (isReserved(name)) {
      throw new BadNameException(index, name, "is reserved for files in transfer");
    }
    return encodedLength(index, name);
  }

  private static int encodedLength(int index, String name) throws BadNameException {
    int bytes = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == 0) {
        throw new BadNameException(index, name, "holds a NUL character");
      } else if (c == '/') {
        throw new BadNameException(index, name, "holds a slash");
      } else if (c < 0x80) {
        bytes += 1;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < name.length()
          && Character.isLowSurrogate(name.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        throw new BadNameException(index, name, "holds half a character (an unpaired surrogate)");
      }
    }
    if (bytes > MAX_NAME_BYTES) {
      throw new BadNameException(
          index, name, "is " + bytes + " bytes long, the limit is " + MAX_NAME_BYTES);
    }
    return bytes;
  }
}
