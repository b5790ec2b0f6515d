package dev.ferry.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ferry.client.ClientOptions;
import dev.ferry.client.FerryClient;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Replace;
import dev.ferry.transfer.store.Staged;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.store.Trees;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where {@link LinkRaceOverTheWireTest} races: at each end a folder {@code door}, and beside it a
 * {@code link} to a tree outside that has the same names in it. What is outside has other sizes.
 *
 * @param root what the server serves
 * @param local the client's folder
 * @param outside where nothing may happen
 * @param room what {@code door} at the server is, wherever its name leads
 * @param whole the server's root
 * @param home how somebody logs in whose home is {@code /door}
 */
record RacePlace(
    Path root,
    Path local,
    Path outside,
    Tree room,
    Tree whole,
    FerryClient client,
    ClientOptions home)
    implements AutoCloseable {
  static final String MINE = "mine";
  static final int LARGE = (1 << 20) + 1;
  private static final int ATTEMPTS = 1000;

  static RacePlace prepare(Path temp, Path outside, FerryClient client, ClientOptions home)
      throws IOException {
    Path root = temp.resolve("root");
    Path local = Files.createDirectory(temp.resolve("local"));
    for (Path end : new Path[] {root, local}) {
      Path door = Files.createDirectory(end.resolve("door"));
      Files.createSymbolicLink(end.resolve("link"), outside);
      Files.writeString(door.resolve("file"), MINE);
      Files.createDirectory(door.resolve("folder"));
      Files.writeString(door.resolve("folder/file"), MINE);
    }
    Files.createDirectories(root.resolve("plain/door/folder"));
    Files.writeString(root.resolve("plain/door/file"), "other");
    Files.writeString(root.resolve("plain/door/folder/file"), "other");
    Path sources = Files.createDirectory(temp.resolve("sources"));
    Files.writeString(sources.resolve("file"), "yours");
    Files.writeString(sources.resolve("same"), MINE);
    Files.write(sources.resolve("large"), new byte[LARGE]);
    Files.createDirectories(sources.resolve("folder/new"));
    Files.writeString(sources.resolve("folder/file"), "yours");
    return new RacePlace(
        root,
        local,
        outside,
        Trees.open(root.resolve("door"), false),
        Trees.open(root, false),
        client,
        home);
  }

  /** What changes places. */
  Path[] pairs() {
    return new Path[] {
      root.resolve("door"),
      root.resolve("link"),
      local.resolve("door"),
      local.resolve("link"),
      root.resolve("round/door"),
      root.resolve("round/link")
    };
  }

  Path source(String name) {
    return local.resolveSibling("sources").resolve(name);
  }

  /** Puts back what an operation may have changed, by ways that do not lead through the door. */
  void restore(RaceOperation operation) throws IOException {
    if (!operation.leaves.isEmpty()) {
      remove(room, operation.leaves);
    }
    if (operation == RaceOperation.MOVE_OUT) {
      remove(whole, "out");
    }
    if (operation.needsFile) {
      publish(room, TreePath.of("file"));
    }
    switch (operation) {
      case REMOVE_ALL -> {
        room.makeFolder(TreePath.of("folder"));
        publish(room, TreePath.of("folder", "file"));
      }
      case REMOVE_AROUND -> {
        remove(whole, "round");
        whole.makeFolder(TreePath.of("round"));
        whole.makeFolder(TreePath.of("round", "spare"));
        publish(whole, TreePath.of("round", "spare", "file"));
        Files.createSymbolicLink(root.resolve("round/link"), outside);
        whole.rename(TreePath.of("round", "spare"), TreePath.of("round", "door"));
      }
      case MOVE_IN -> publish(whole, TreePath.of("mover"));
      case PUT_FROM -> remove(whole, "received");
      case GET_ALL -> removeLocal();
      default -> {
        // Nothing is changed, or what was changed does not matter.
      }
    }
  }

  private void removeLocal() throws IOException {
    try (Tree tree = Trees.open(local, false)) {
      remove(tree, "copy");
    }
  }

  private static void publish(Tree tree, TreePath path) throws IOException {
    try (Staged staged = tree.stage()) {
      staged.write(ByteBuffer.wrap(MINE.getBytes(UTF_8)), 0);
      staged.publish(path, Replace.ALWAYS);
    }
  }

  private static void remove(Tree tree, String name) throws IOException {
    for (int i = 1; ; i++) {
      try {
        tree.removeAll(TreePath.of(name));
        return;
      } catch (NoSuchFileException _) {
        return; // it was not there
      } catch (FileSystemException e) {
        // Mostly a folder and a link in it that changed places just then.
        if (i == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    client.close();
    room.close();
    whole.close();
  }
}
