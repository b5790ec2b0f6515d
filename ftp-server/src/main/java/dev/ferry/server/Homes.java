package dev.ferry.server;

import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.Committer;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The homes of those who are logged in: sessions in one folder share what they know of the parts
 * that lie there. A home that nobody uses stays open for a while. Safe for use by many threads;
 * entering blocks on the disk.
 */
final class Homes implements AutoCloseable {
  private static final int IDLE = 64;

  private final Tree root;
  private final Home whole;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Map<TreePath, Home> newest = new HashMap<>();
  private final Map<Home, Integer> uses = new LinkedHashMap<>();

  /**
   * Nobody is logged in.
   *
   * @param root what is served, closed with this
   */
  Homes(Tree root) {
    this.root = root;
    whole = new Home(root);
  }

  /** All that is served. */
  Home whole() {
    return whole;
  }

  /**
   * What lies below a folder; {@link #leave} has to be called for it.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such folder
   */
  Home enter(TreePath path) throws IOException {
    if (path.isRoot()) {
      return whole;
    }
    Tree fresh = root.below(path);
    lock.lock();
    try {
      Home known = newest.get(path);
      if (known != null && isSame(known.tree(), fresh)) {
        fresh.close();
        uses.merge(known, 1, Integer::sum);
        return known;
      }
      Home home = new Home(fresh);
      newest.put(path, home);
      uses.put(home, 1);
      closeIdle();
      Committer.collectAbandoned(fresh);
      return home;
    } catch (IOException | RuntimeException e) {
      fresh.close();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the folder is still the one that was entered before, and not another of its name. */
  private static boolean isSame(Tree known, Tree fresh) throws IOException {
    return known.stat(TreePath.ROOT).fingerprint().equals(fresh.stat(TreePath.ROOT).fingerprint());
  }

  /** One use more of a home that is in use. */
  void enterAgain(Home home) {
    lock.lock();
    try {
      uses.computeIfPresent(home, (_, count) -> count + 1);
    } finally {
      lock.unlock();
    }
  }

  /** One use less. */
  void leave(Home home) {
    lock.lock();
    try {
      uses.computeIfPresent(home, (_, count) -> count - 1);
      closeIdle();
    } finally {
      lock.unlock();
    }
  }

  private void closeIdle() {
    Iterator<Map.Entry<Home, Integer>> each = uses.entrySet().iterator();
    for (int surplus = uses.size() - IDLE; surplus > 0 && each.hasNext(); ) {
      Map.Entry<Home, Integer> one = each.next();
      if (one.getValue() == 0) {
        each.remove();
        newest.values().remove(one.getKey());
        one.getKey().tree().close();
        surplus--;
      }
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      uses.keySet().forEach(home -> home.tree().close());
      uses.clear();
      newest.clear();
    } finally {
      lock.unlock();
    }
    root.close();
  }
}
