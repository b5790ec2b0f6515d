package dev.ferry.transfer;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Glob;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.TreePath;
import java.util.List;

/**
 * Where the entries of a job go in the receiver's tree, and whether they were asked for at all
 * (spec 7.2, 7.3): the other side never chooses a place, only what is below the names it was asked
 * for.
 */
public final class Placement {
  private final TreePath base;
  private final boolean renames;
  private final boolean flat;
  private final List<Expected> expected;

  /** What the paths of an argument's entries begin with. */
  public sealed interface Expected {
    /** This name. */
    record Name(String name) implements Expected {}

    /** Any name that this pattern (spec 4.2) matches. */
    record Pattern(String pattern) implements Expected {}

    /** No name: what is in the source is merged into the target. */
    record Merged() implements Expected {}
  }

  private Placement(TreePath base, boolean renames, boolean flat, List<Expected> expected) {
    this.base = base;
    this.renames = renames;
    this.flat = flat;
    this.expected = List.copyOf(expected);
  }

  /** Every argument keeps its name below this folder. */
  public static Placement into(TreePath folder, List<Expected> arguments) {
    return new Placement(folder, false, false, arguments);
  }

  /** The one argument becomes this file or folder. */
  public static Placement as(TreePath target, Expected argument) {
    return new Placement(target, true, false, List.of(argument));
  }

  /** The same where nothing but the files that the arguments name may come. */
  public Placement withoutFolders() {
    return new Placement(base, renames, true, expected);
  }

  /** How many arguments were asked for. */
  int arguments() {
    return expected.size();
  }

  /**
   * The place of an entry.
   *
   * @throws ProtocolException if it was not asked for
   * @throws BadNameException if a name in its path is not allowed
   */
  TreePath place(Frame.Entry entry) throws ProtocolException, BadNameException {
    if (flat && (entry.path().size() != 1 || entry.attributes().kind() != Frame.Kind.FILE)) {
      throw notAskedFor();
    }
    return place(entry.argument(), entry.path());
  }

  /** The same, of whatever kind the entry is. */
  public TreePath place(int argument, List<String> path)
      throws ProtocolException, BadNameException {
    if (argument >= expected.size()) {
      throw new ProtocolException(
          "an entry of argument %d, of %d (spec 7.3)".formatted(argument, expected.size()));
    }
    Expected wanted = expected.get(argument);
    boolean named = !(wanted instanceof Expected.Merged);
    if (named && (path.isEmpty() || !isAskedFor(wanted, path.getFirst()))) {
      throw notAskedFor();
    }
    TreePath relative = TreePath.of(path);
    return base.append(named && renames ? relative.from(1) : relative);
  }

  private static ProtocolException notAskedFor() {
    return new ProtocolException("an entry that was not asked for (spec 7.3)");
  }

  private static boolean isAskedFor(Expected expected, String name) {
    return switch (expected) {
      case Expected.Name e -> e.name().equals(name);
      case Expected.Pattern e ->
          Glob.matches(e.pattern(), name)
              || e.pattern().equals(name)
              || Glob.unescape(e.pattern()).equals(name);
      case Expected.Merged _ -> true;
    };
  }
}
