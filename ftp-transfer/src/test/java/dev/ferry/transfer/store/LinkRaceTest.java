package dev.ferry.transfer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A folder and a link to another tree change places without pause while every operation is tried
 * behind them. Some tries meet the folder, some the link, none the other tree. {@code
 * -Dferry.tries=100000} tries each so often.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class LinkRaceTest {
  private static final int TRIES = Integer.getInteger("ferry.tries", 0);
  private static final Duration ENOUGH = Duration.ofMillis(150);
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String MINE = "mine";

  @TempDir Path temp;
  private Path root;
  private Tree tree;
  private Tree room;
  private Canary canary;
  private volatile boolean stop;
  private Thread flipper;

  @BeforeEach
  void startFlipping() throws IOException {
    canary = Canary.plant(temp.resolve("outside"));
    root = Files.createDirectory(temp.resolve("root"));
    Path door = Files.createDirectory(root.resolve("door"));
    Path link = Files.createSymbolicLink(root.resolve("link"), canary.folder());
    tree = Trees.open(root, false);
    room = Trees.open(door, false);
    flipper =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!stop) {
                    Native.exchange(door, link);
                  }
                });
  }

  @AfterEach
  void stopFlipping() throws Exception {
    stop = true;
    flipper.join();
    room.close();
    tree.close();
    canary.assertUntouched();
  }

  /** One try of each operation, leaving things as they were, wherever the names lead. */
  enum Operation {
    STAT {
      @Override
      void run(Tree tree, TreePath door) throws IOException {
        tree.stat(door.child("file"));
      }
    },
    LIST {
      @Override
      void run(Tree tree, TreePath door) throws IOException {
        try (Listing listing = tree.list(door)) {
          for (Listing.Item item = listing.next(); item != null; item = listing.next()) {
            assertThat(item.name()).isEqualTo("file");
          }
        }
      }
    },
    READ {
      @Override
      void run(Tree tree, TreePath door) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        try (Source source = tree.open(door.child("file"))) {
          source.read(buffer, 0);
        }
        assertThat(new String(buffer.array(), 0, buffer.position(), UTF_8)).isEqualTo(MINE);
      }
    },
    MAKE_FOLDER {
      @Override
      void run(Tree tree, TreePath door) throws IOException {
        tree.makeFolder(door.child("new"));
      }
    },
    PUBLISH {
      @Override
      void run(Tree tree, TreePath door) throws IOException {
        publish(tree, door.child("new"), Replace.NEVER);
      }
    },
    REPLACE {
      @Override
      void run(Tree tree, TreePath door) throws IOException {
        publish(tree, door.child("file"), Replace.ALWAYS);
      }
    },
    REMOVE {
      @Override
      void run(Tree tree, TreePath door) throws IOException {
        publish(tree, door.child("file"), Replace.ALWAYS);
        tree.remove(door.child("file"));
      }
    },
    REMOVE_ALL {
      @Override
      void run(Tree tree, TreePath door) throws IOException {
        tree.makeFolder(door.child("folder"));
        publish(tree, door.child("folder").child("file"), Replace.NEVER);
        tree.removeAll(door.child("folder"));
      }
    },
    RENAME {
      @Override
      void run(Tree tree, TreePath door) throws IOException {
        tree.rename(door.child("file"), door.child("moved"));
        tree.rename(door.child("moved"), TreePath.of("out"));
      }
    },
    SET_ATTRIBUTES {
      @Override
      void run(Tree tree, TreePath door) throws IOException {
        tree.setFolderAttributes(door, 0, 0700);
      }
    },
    FORCE {
      @Override
      void run(Tree tree, TreePath door) throws IOException {
        tree.force(door);
      }
    };

    abstract void run(Tree tree, TreePath door) throws IOException;

    private static void publish(Tree tree, TreePath target, Replace how) throws IOException {
      try (Staged staged = tree.stage()) {
        staged.write(ByteBuffer.wrap(MINE.getBytes(UTF_8)), 0);
        staged.publish(target, how);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void noOperationIsLedAway(Operation operation) throws IOException {
    TreePath door = TreePath.of("door");
    long start = System.nanoTime();
    int folders = 0;
    int links = 0;
    int tries = 0;
    while (tries++ < TRIES
        || System.nanoTime() - start < ENOUGH.toNanos()
        || folders < 20
        || links < 20) {
      assertThat(tries <= TRIES || System.nanoTime() - start < LIMIT.toNanos()).isTrue();
      prepare();
      try {
        operation.run(tree, door);
        folders++;
      } catch (TreeException e) {
        assertThat(e.problem()).isEqualTo(TreeException.Problem.LINK);
        links++;
      } catch (NoSuchFileException e) {
        assertThat(operation).isIn(Operation.REMOVE, Operation.REMOVE_ALL, Operation.RENAME);
      }
    }
    if (TRIES > 0) {
      System.out.printf("%s: %d met the folder, %d the link%n", operation, folders, links);
    }
  }

  /** Puts the folder back to one file, on a way that does not lead through its name. */
  private void prepare() throws IOException {
    for (String name : new String[] {"new", "moved", "folder"}) {
      removeIfThere(room, name);
    }
    removeIfThere(tree, "out");
    try (Staged file = room.stage()) {
      file.write(ByteBuffer.wrap(MINE.getBytes(UTF_8)), 0);
      file.publish(TreePath.of("file"), Replace.ALWAYS);
    }
  }

  private static void removeIfThere(Tree tree, String name) throws IOException {
    try {
      tree.removeAll(TreePath.of(name));
    } catch (NoSuchFileException e) {
      return;
    }
  }
}
