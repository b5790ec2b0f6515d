package dev.ferry.transfer.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many hands on one tree. */
class ConcurrencyTest extends TreeTest {
  private static final int WRITERS = 16;
  private static final int SIZE = 20_000;

  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);

  @AfterEach
  void stopThreads() {
    threads.close();
  }

  /** What one of several does at the same time as the others. */
  interface Part<T> {
    T play(int number) throws Exception;
  }

  private <T> List<T> together(Part<T> part) throws Exception {
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    List<Future<T>> playing = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int number = i;
      Callable<T> task =
          () -> {
            start.await();
            return part.play(number);
          };
      playing.add(threads.submit(task));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> one : playing) {
      results.add(one.get());
    }
    return results;
  }

  private static ByteBuffer content(int number) {
    ByteBuffer buffer = ByteBuffer.allocate(SIZE);
    while (buffer.hasRemaining()) {
      buffer.put((byte) number);
    }
    return buffer.flip();
  }

  private boolean publish(Tree to, int number, Replace how) throws IOException {
    try (Staged staged = to.stage()) {
      staged.write(content(number), 0);
      staged.publish(path("/target"), how);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** The number of the writer whose content, all of it and nothing else, the file has. */
  private int writerOf(String name) throws IOException {
    ByteBuffer found = ByteBuffer.wrap(Files.readAllBytes(root.resolve(name)));
    int writer = found.get(0);
    assertThat(found).isEqualTo(content(writer));
    return writer;
  }

  @Test
  void exactlyOneOfManyWritersGetsAFreeName() throws Exception {
    for (int round = 0; round < 20; round++) {
      List<Boolean> won = together(number -> publish(tree, number, Replace.NEVER));

      assertThat(won).containsOnlyOnce(true);
      assertThat(writerOf("target")).isEqualTo(won.indexOf(true));
      tree.remove(path("/target"));
    }
  }

  @Test
  void oneOfManyWritersReplacesTheFileThatAllHaveSeen() throws Exception {
    for (int round = 0; round < 20; round++) {
      publish("seen", "/target", Replace.ALWAYS);
      Replace seen = Replace.only(tree.stat(path("/target")).fingerprint());

      List<Boolean> won = together(number -> publish(tree, number, seen));

      assertThat(won).containsOnlyOnce(true);
      assertThat(writerOf("target")).isEqualTo(won.indexOf(true));
    }
  }

  @Test
  void readersSeeOneWholeFileWhileManyReplaceIt() throws Exception {
    publish(tree, 0, Replace.NEVER);
    AtomicBoolean done = new AtomicBoolean();
    Future<Integer> reader =
        threads.submit(
            () -> {
              int looks = 0;
              do {
                writerOf("target");
                looks++;
              } while (!done.get());
              return looks;
            });
    try {
      for (int round = 0; round < 20; round++) {
        assertThat(together(number -> publish(tree, number, Replace.ALWAYS))).containsOnly(true);
      }
    } finally {
      done.set(true);
    }
    assertThat(reader.get()).isPositive();
  }

  @Test
  void treesThatComeAndGoDoNotLoseEachOthersStagedFiles() throws Exception {
    together(
        number -> {
          for (int round = 0; round < 30; round++) {
            try (Tree own = confinement.open(root);
                Staged staged = own.stage()) {
              staged.write(content(number), 0);
              staged.publish(path("/" + number + "-" + round), Replace.NEVER);
            }
          }
          return true;
        });
    assertThat(names("/")).hasSize(WRITERS * 30);
    assertThat(root.resolve(".ferry-staging")).doesNotExist();
  }

  @Test
  void aFolderIsRemovedWhileOthersWorkInIt() throws Exception {
    tree.makeFolder(path("/d"));
    together(
        number -> {
          for (int round = 0; round < 50; round++) {
            try {
              if (number == 0) {
                tree.removeAll(path("/d"));
              } else {
                tree.makeFolder(path("/d/" + number));
                publish("x", "/d/" + number + "/x", Replace.NEVER);
                tree.removeAll(path("/d/" + number));
              }
            } catch (NoSuchFileException | FileAlreadyExistsException e) {
              // another was faster
            }
          }
          return true;
        });
    if (tree.stat(TreePath.ROOT).isFolder() && names("/").contains("d")) {
      tree.removeAll(path("/d"));
    }
    assertThat(names("/")).isEmpty();
  }
}
