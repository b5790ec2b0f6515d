package dev.ferry.transfer;

import dev.ferry.protocol.Frame.Range;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Staged;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The parts of files that arrive in a tree; one of these for each tree in a process. The part of a
 * larger file is named after its user and its target, so that a later job finds what an earlier one
 * has left, whatever ended that. Only one job works with such a part: a later one of the same
 * origin takes it over at once, since the earlier connection may be dead without knowing.
 */
public final class Parts {
  /** Smaller files are sent again, in bytes. */
  static final long CONTINUED = 1 << 20;

  private static final int NAME_BYTES = 16;

  /** What is asked for at once. */
  static final int RANGES = 4096;

  private final Tree tree;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Map<String, Held> open = new HashMap<>();
  private Set<String> left;

  private record Held(Part part, Claim claim) {}

  /**
   * Who wants a part.
   *
   * @param user whose part it is
   * @param job the same object for all entries of one job
   */
  record Claim(String user, Object job) {}

  /** The parts in this tree, which stays open. */
  public Parts(Tree tree) {
    this.tree = tree;
  }

  /** Whether earlier jobs have left anything, so that it is worth to ask before sending. */
  public boolean areLeft() throws IOException {
    lock.lock();
    try {
      return !left().isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * What of a file is missing if an earlier job's part is continued.
   *
   * @return null if there is nothing to continue
   */
  List<Range> missing(Claim claim, TreePath target, Origin origin) throws IOException {
    if (!canContinue(origin)) {
      return null;
    }
    lock.lock();
    try {
      if (!left().contains(name(claim.user(), target))) {
        return null;
      }
    } finally {
      lock.unlock();
    }
    Part part = open(claim, target, origin);
    List<Range> missing = part.missing(RANGES);
    if (missing.equals(List.of(new Range(0, origin.size())))) {
      part.drop();
      return null;
    }
    part.keep();
    return missing;
  }

  /**
   * The part for a file, with what an earlier job has left of it, which is not proven yet; the
   * caller ends it. If somebody else holds the name it is one that cannot be continued later.
   */
  Part open(Claim claim, TreePath target, Origin origin) throws IOException {
    if (!canContinue(origin)) {
      return plain(origin);
    }
    String name = name(claim.user(), target);
    lock.lock();
    try {
      Held held = open.get(name);
      return held == null || (isLater(claim, origin, held) && held.part().fence())
          ? named(name, origin, claim)
          : plain(origin);
    } finally {
      lock.unlock();
    }
  }

  private static boolean isLater(Claim claim, Origin origin, Held held) {
    return held.part().origin().equals(origin) && !held.claim().job().equals(claim.job());
  }

  /** Deletes what is left of a file that came whole in another way, unless somebody is at it. */
  void discard(Claim claim, TreePath target, Origin origin) {
    if (!canContinue(origin)) {
      return;
    }
    String name = name(claim.user(), target);
    lock.lock();
    try {
      if (left().contains(name) && !open.containsKey(name)) {
        named(name, origin, claim).drop();
      }
    } catch (IOException _) {
      // It is collected when it is stale.
    } finally {
      lock.unlock();
    }
  }

  private static boolean canContinue(Origin origin) {
    return origin.size() >= CONTINUED && origin.fingerprint().length() > 0;
  }

  private Part plain(Origin origin) throws IOException {
    return new Part(this, null, origin, tree.stage(), null);
  }

  /** One that can be continued, unless something stands in the way of that. */
  private Part named(String name, Origin origin, Claim claim) throws IOException {
    Journal journal;
    try {
      journal = Journal.open(tree, name, origin);
    } catch (IOException _) {
      return plain(origin);
    }
    return journal == null ? plain(origin) : named(name, origin, claim, journal);
  }

  private Part named(String name, Origin origin, Claim claim, Journal journal) throws IOException {
    left().add(name);
    Staged data;
    try {
      data = tree.stage(name);
    } catch (IOException _) {
      journal.keep();
      journal.close();
      return plain(origin);
    }
    Part part = new Part(this, name, origin, data, journal);
    open.put(name, new Held(part, claim));
    try {
      part.takeUp();
      return part;
    } catch (IOException _) {
      part.drop();
      return plain(origin);
    }
  }

  /** The name of a part that was ended may be used again. */
  void release(Part part, boolean kept) {
    lock.lock();
    try {
      Held held = open.get(part.name());
      if (held != null && held.part() == part) {
        open.remove(part.name());
        if (!kept) {
          left.remove(part.name());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private Set<String> left() throws IOException {
    if (left == null) {
      left = Journal.names(tree);
    }
    return left;
  }

  private static String name(String user, TreePath target) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(user.getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) 0);
      sha256.update(target.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha256.digest(), 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
