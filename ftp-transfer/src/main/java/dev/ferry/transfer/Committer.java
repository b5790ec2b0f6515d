package dev.ferry.transfer;

import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Replace;
import dev.ferry.transfer.store.Staged;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Publishes whole files, one thread for each file system in a process: flush the data, rename,
 * flush the names, then say so (spec 8.4, 7.5).
 *
 * <p>Under BATCH one flush of the file system serves a whole group, and the flush that makes a
 * group's names durable is the one that makes the next group's data durable. A group is what came
 * in while the flush before it ran: nothing ever waits for a group to fill. A failed flush fails
 * its group and is not repeated, since the pages it lost count as clean afterwards.
 */
public final class Committer implements AutoCloseable {
  private static final int GROUP = 4096;
  private static final int QUEUED = 512;

  /** A staged file that was not touched for so long is not continued any more. */
  private static final Duration ABANDONED = Duration.ofDays(7);

  /** After so long without anything to do it is time to tidy up. */
  private static final Duration IDLE = Duration.ofHours(1);

  private final Tree tree;
  private final Durability floor;
  private final BlockingQueue<Commit> queue = new LinkedBlockingQueue<>(QUEUED);
  private final Thread thread;

  /**
   * Something to be made visible and durable.
   *
   * @param tree where the target is; on the same file system for all
   * @param file null for a folder, which is visible already
   * @param done hears the failure, or null; it must not block
   */
  record Commit(
      Tree tree,
      Staged file,
      TreePath target,
      Replace replace,
      Durability durability,
      Consumer<IOException> done) {}

  /** Has no target: the thread ends when it comes to it. */
  private static final Commit STOP = new Commit(null, null, null, null, null, null);

  /**
   * Starts the thread.
   *
   * @param tree one on the file system, open as long as this
   * @param floor the least that is done for any file
   */
  public Committer(Tree tree, Durability floor) {
    this.tree = tree;
    this.floor = floor;
    thread = Thread.ofPlatform().daemon().name("ferry-committer").start(this::run);
  }

  /** Hands something over; waits while the disk is far behind. */
  void submit(Commit commit) {
    put(commit);
  }

  /** Ends the thread after all that was handed over is done. */
  @Override
  public void close() {
    put(STOP);
    Uninterrupted.run(thread::join);
  }

  private void put(Commit commit) {
    Uninterrupted.run(() -> queue.put(commit));
  }

  private void run() {
    collectAbandoned();
    List<Commit> named = new ArrayList<>();
    boolean stopping = false;
    while (!stopping || !named.isEmpty()) {
      List<Commit> group = new ArrayList<>();
      stopping |= take(group, stopping || !named.isEmpty());
      named = commit(group, named);
    }
    collectAbandoned();
  }

  private void collectAbandoned() {
    collectAbandoned(tree);
  }

  /** Removes what processes that were killed have left behind in a tree. */
  public static void collectAbandoned(Tree tree) {
    try {
      tree.collectStale(ABANDONED);
    } catch (IOException _) {
      // What stands in the way is reported to the first job that stages a file.
    }
  }

  /**
   * Adds what is queued to the group, waiting for the first unless told not to; true if it is time
   * to stop.
   */
  private boolean take(List<Commit> group, boolean hurry) {
    try {
      Commit first = hurry ? queue.poll() : queue.poll(IDLE.toMinutes(), TimeUnit.MINUTES);
      if (first != null) {
        group.add(first);
        queue.drainTo(group, GROUP - 1);
      } else if (!hurry) {
        collectAbandoned();
      }
    } catch (InterruptedException _) {
      // Nobody interrupts this thread; the queue is simply looked at again.
    }
    return group.removeIf(commit -> commit.target() == null);
  }

  /**
   * Commits a group, and finishes the one before it.
   *
   * @param named published, but their names not flushed yet
   * @return the same of this group
   */
  private List<Commit> commit(List<Commit> group, List<Commit> named) {
    List<Commit> batch = new ArrayList<>();
    for (Commit commit : group) {
      switch (safer(commit.durability(), floor)) {
        case NONE -> {
          if (publish(commit)) {
            commit.done().accept(null);
          }
        }
        case FILE -> commitAlone(commit);
        case BATCH -> batch.add(commit);
      }
    }
    if (batch.isEmpty() && named.isEmpty()) {
      return List.of();
    }
    try {
      flush(batch, named);
    } catch (IOException e) {
      named.forEach(commit -> commit.done().accept(e));
      batch.forEach(commit -> fail(commit, e));
      return List.of();
    }
    named.forEach(commit -> commit.done().accept(null));
    batch.removeIf(commit -> !publish(commit));
    return batch;
  }

  private void commitAlone(Commit commit) {
    try {
      if (commit.file() != null) {
        commit.file().force();
      }
    } catch (IOException e) {
      fail(commit, e);
      return;
    }
    if (publish(commit)) {
      IOException failure = null;
      try {
        commit.tree().force(commit.target().parent());
      } catch (IOException e) {
        failure = e;
      }
      commit.done().accept(failure);
    }
  }

  /** Returns when the data of one group and the names of the other are on disk. */
  private void flush(List<Commit> data, List<Commit> names) throws IOException {
    if (tree.canForceAll()) {
      tree.forceAll();
      return;
    }
    for (Commit commit : data) {
      if (commit.file() != null) {
        commit.file().force();
      }
    }
    Set<Folder> folders = new LinkedHashSet<>();
    names.forEach(commit -> folders.add(new Folder(commit.tree(), commit.target().parent())));
    for (Folder folder : folders) {
      folder.tree().force(folder.path());
    }
  }

  private record Folder(Tree tree, TreePath path) {}

  /** Gives the file its name; false if that failed, which is told then. */
  private static boolean publish(Commit commit) {
    if (commit.file() == null) {
      return true;
    }
    try (Staged file = commit.file()) {
      file.publish(commit.target(), commit.replace());
      return true;
    } catch (IOException | RuntimeException e) {
      commit.done().accept(e instanceof IOException io ? io : new IOException("a defect", e));
      return false;
    }
  }

  private static void fail(Commit commit, IOException e) {
    if (commit.file() != null) {
      commit.file().close();
    }
    commit.done().accept(e);
  }

  /** The safer ones come first in the enum. */
  private static Durability safer(Durability one, Durability other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
