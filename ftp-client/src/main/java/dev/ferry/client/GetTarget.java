package dev.ferry.client;

import dev.ferry.protocol.Limits;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.Placement;
import dev.ferry.transfer.Placement.Expected;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a GET goes, as {@code cp -r} decides it. Links to folders in what the person typed are
 * followed, once; another link at its end is what stands at the target.
 *
 * @param root the folder that is opened
 * @param as what the one source becomes in it; null: sources keep their names
 */
record GetTarget(Path root, TreePath as) {
  /** Paths of one GET, in bytes: well below the largest frame. */
  private static final int SLICE_BYTES = Limits.PAYLOAD / 2;

  /**
   * Decides where it goes.
   *
   * @throws FileSystemException if it cannot go there
   */
  static GetTarget find(GetRequest request) throws IOException {
    Path target = request.target();
    if (request.folder() && Files.notExists(target)) {
      Files.createDirectories(target);
    }
    if (Files.isDirectory(target)) {
      return new GetTarget(target.toRealPath(), null);
    }
    boolean several = request.sources().size() > 1 || request.sources().getFirst().pattern();
    if (request.folder() || several) {
      throw noFolder(target);
    }
    Path absolute = target.toAbsolutePath();
    Path parent = absolute.getParent();
    if (!Files.isDirectory(parent)) {
      throw new NoSuchFileException(
          target.toString(), null, "the folder above it does not exist; make that first");
    }
    return new GetTarget(parent.toRealPath(), TreePath.of(absolute.getFileName().toString()));
  }

  private static FileSystemException noFolder(Path target) {
    return Files.exists(target)
        ? new NotDirectoryException(target.toString())
        : new NoSuchFileException(
            target.toString(), null, "several sources need a folder; a slash at its end makes it");
  }

  /**
   * The jobs on the wire: as many sources in each as the protocol allows, and one without a name
   * alone, because its content goes to another place.
   */
  List<Download.Slice> slices(List<RemotePath> sources, boolean recursive) {
    List<Download.Slice> slices = new ArrayList<>();
    int first = 0;
    while (first < sources.size()) {
      int end = first + 1;
      if (as == null && !isUnnamed(sources.get(first))) {
        int bytes = size(sources.get(first));
        while (end < sources.size() && end - first < Limits.ARGUMENTS) {
          bytes += size(sources.get(end));
          if (bytes > SLICE_BYTES || isUnnamed(sources.get(end))) {
            break;
          }
          end++;
        }
      }
      List<RemotePath> slice = sources.subList(first, end);
      Placement placement = placement(slice);
      slices.add(
          new Download.Slice(first, slice, recursive ? placement : placement.withoutFolders()));
      first = end;
    }
    return slices;
  }

  private Placement placement(List<RemotePath> sources) {
    RemotePath one = sources.getFirst();
    if (as != null) {
      return Placement.as(as, expected(one));
    }
    return isUnnamed(one)
        ? Placement.as(TreePath.ROOT, expected(one))
        : Placement.into(TreePath.ROOT, sources.stream().map(GetTarget::expected).toList());
  }

  /** Whether its content goes right into the target, although the server gives it a name. */
  private static boolean isUnnamed(RemotePath source) {
    return source.contents();
  }

  private static Expected expected(RemotePath source) {
    if (source.components().isEmpty()) {
      return new Expected.Merged();
    }
    String last = source.components().getLast();
    return source.pattern() ? new Expected.Pattern(last) : new Expected.Name(last);
  }

  private static int size(RemotePath source) {
    return source.components().stream().mapToInt(name -> 3 * name.length() + 2).sum();
  }

  /** Whether it is certain that nothing stands where these sources go. */
  boolean isEmptyFor(List<RemotePath> sources) throws IOException {
    if (as != null) {
      return !Files.exists(root.resolve(as.name()), LinkOption.NOFOLLOW_LINKS);
    }
    try (DirectoryStream<Path> items = Files.newDirectoryStream(root)) {
      for (Path item : items) {
        if (!TreePath.isReserved(item.getFileName().toString())) {
          return sources.stream().noneMatch(this::mayBeThere);
        }
      }
      return true;
    }
  }

  private boolean mayBeThere(RemotePath source) {
    return source.pattern()
        || isUnnamed(source)
        || Files.exists(root.resolve(source.name()), LinkOption.NOFOLLOW_LINKS);
  }
}
