package dev.ferry.transfer;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.SourcePath;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds what the arguments of a GET stand for in the server's tree (spec 7.1). */
public final class Sources {
  private Sources() {}

  /**
   * The arguments in their order; patterns are looked up one at a time, as the iterator comes to
   * them.
   */
  public static Iterator<Argument> expand(Tree tree, List<SourcePath> sources) {
    return IntStream.range(0, sources.size())
        .boxed()
        .flatMap(index -> arguments(tree, index, sources.get(index)))
        .iterator();
  }

  private static Stream<Argument> arguments(Tree tree, int index, SourcePath source) {
    try {
      List<TreePath> places =
          source.pattern()
              ? Patterns.matches(tree, source.path())
              : List.of(TreePath.of(source.path()));
      if (places.isEmpty()) {
        return Stream.of(missing(index, source, new Reason(ErrorCode.NOT_FOUND, "no match")));
      }
      return places.stream()
          .map(place -> new Argument.Found(index, tree, place, nameOf(place), source.pattern()));
    } catch (IOException e) {
      return Stream.of(missing(index, source, Errors.reason(e)));
    }
  }

  private static List<String> nameOf(TreePath place) {
    return place.isRoot() ? List.of() : List.of(place.name());
  }

  private static Argument missing(int index, SourcePath source, Reason reason) {
    return new Argument.Missing(index, source.path(), reason);
  }
}
