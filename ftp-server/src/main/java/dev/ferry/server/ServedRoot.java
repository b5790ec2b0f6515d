package dev.ferry.server;

import dev.ferry.server.StartException.Problem;
import dev.ferry.server.account.StateFolder;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.store.Trees;
import dev.ferry.transfer.store.WeakConfinementException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder that may be served, open.
 *
 * @param path the real one
 * @param tree the caller closes it
 */
record ServedRoot(Path path, Tree tree) {
  private static final List<Path> OF_THE_SYSTEM =
      List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"));

  /** Memory that is used as a disk, whatever lies above it. */
  private static final Path MEMORY = Path.of("/dev/shm");

  /**
   * Opens the tree of a root.
   *
   * @param root as a person typed it: links in it are followed, once
   * @param state the server's own files, which must not be served; null if there are none
   * @param others where another server of this user has such files, if it has
   * @throws StartException naming what is wrong with the root
   */
  static ServedRoot open(Path root, Path state, Path others, boolean allowWeak)
      throws StartException {
    Path real = real(root);
    if (real.getNameCount() == 0) {
      throw refused(root, "it is the whole machine; serve a folder of it");
    }
    if (OF_THE_SYSTEM.stream().anyMatch(real::startsWith) && !real.startsWith(MEMORY)) {
      throw refused(root, "it belongs to the kernel");
    }
    for (Path folder = real; folder != null; folder = folder.getParent()) {
      if (StateFolder.isOne(folder)) {
        throw refused(root, "%s is a state folder of ferryd".formatted(folder));
      }
    }
    if (state != null) {
      keepApart(root, real, state, "choose another --state");
    }
    if (others != null && Files.exists(others)) {
      keepApart(root, real, others, "serve a folder of it");
    }
    try {
      return new ServedRoot(real, Trees.open(real, allowWeak));
    } catch (WeakConfinementException e) {
      throw refused(root, e.getMessage() + "; --weak-confinement serves it nevertheless");
    } catch (IOException e) {
      throw new StartException(Problem.ROOT, text(root, e.getMessage()), e);
    }
  }

  private static Path real(Path root) throws StartException {
    try {
      Path real = root.toRealPath();
      if (!Files.isDirectory(real)) {
        throw refused(root, "it is not a folder");
      }
      return real;
    } catch (StartException e) {
      throw e;
    } catch (NoSuchFileException _) {
      throw refused(root, "there is no such folder");
    } catch (IOException e) {
      throw new StartException(Problem.ROOT, text(root, e.getMessage()), e);
    }
  }

  private static void keepApart(Path root, Path real, Path state, String advice)
      throws StartException {
    Path where = whereItWillBe(state);
    if (real.startsWith(where)) {
      throw refused(root, "it is the state folder %s, or lies in it".formatted(state));
    }
    if (where.startsWith(real)) {
      throw refused(root, "the state folder %s lies in it; %s".formatted(state, advice));
    }
  }

  /** The real path of something that need not exist yet. */
  private static Path whereItWillBe(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    for (Path above = absolute; above != null; above = above.getParent()) {
      try {
        return above.toRealPath().resolve(above.relativize(absolute));
      } catch (IOException _) {
        // Not there yet, or not to be seen: the folder above tells where it will be.
      }
    }
    return absolute;
  }

  private static StartException refused(Path root, String why) {
    return new StartException(Problem.ROOT, text(root, why));
  }

  private static String text(Path root, String why) {
    return "cannot serve %s: %s".formatted(root, why);
  }
}
