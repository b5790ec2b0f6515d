package dev.ferry.transfer.store;

import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.TreeException.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * The staging folder of a tree: made when the first file is staged, shared with other processes of
 * this user that work in the same root, removed when it is empty. Anyone of them may remove it
 * while it is empty, so it is made again whenever it is found missing. Where its name is taken by
 * something else, as by another user's, it gets one that ends in the user.
 */
final class Staging implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-][a-z0-9.-]{0,63}");

  /** What begins like this is of no use to anybody once its process has ended. */
  private static final String PASSING = "passing-";

  private static final int RANDOM_BYTES = 16;
  private static final int ATTEMPTS = 100;

  private final AtomicLong next = new AtomicLong();
  private final String prefix = randomPrefix();
  private final Folders folders;
  private final Map<String, StagedFile> inUse = new ConcurrentHashMap<>();

  /** Guards {@link #folder}; held while the folder is made. */
  private final ReentrantLock lock = new ReentrantLock();

  private Dir folder;
  private boolean used;

  private volatile String folderName = TreePath.STAGING_NAME;

  Staging(Folders folders) {
    this.folders = folders;
  }

  private static String randomPrefix() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return PASSING + HexFormat.of().formatHex(bytes) + "-";
  }

  /** A name that nobody else has: a random one for this tree, and a number. */
  StagedFile create() throws IOException {
    return stage(prefix + Long.toHexString(next.getAndIncrement()), Dir::create);
  }

  StagedFile openOrCreate(String name) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a name of a staged file: " + name);
    }
    return stage(name, Dir::openOrCreate);
  }

  private interface Opening {
    Content open(Dir folder, String name) throws IOException;
  }

  private StagedFile stage(String name, Opening opening) throws IOException {
    NoSuchFileException missing = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Dir shared = share();
      try {
        Content content = opening.open(shared, name);
        StagedFile file = new StagedFile(this, shared, name, content);
        inUse.put(name, file);
        return file;
      } catch (NoSuchFileException e) {
        shared.close();
        forget();
        missing = e;
      } catch (Throwable t) {
        shared.close();
        throw t;
      }
    }
    throw missing;
  }

  /** A right of its own to the staging folder, for one staged file. */
  private Dir share() throws IOException {
    lock.lock();
    try {
      if (folder == null) {
        Dir found = openOrMake();
        found.use();
        folder = found;
        used = true;
      }
      return folder.share();
    } finally {
      lock.unlock();
    }
  }

  private void forget() {
    lock.lock();
    try {
      if (folder != null) {
        folder.close();
        folder = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private Dir openOrMake() throws IOException {
    try (Dir root = folders.open(TreePath.ROOT, Dir.Use.NAMES)) {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Dir found = openIfThere(root);
        if (found != null) {
          return found;
        }
        make(root);
      }
      throw Failures.notFound(root.pathOf(folderName));
    }
  }

  private void make(Dir root) throws IOException {
    try {
      root.makePrivateFolder(folderName);
    } catch (FileAlreadyExistsException e) {
      // Another process made it at the same time, which is as good.
    } catch (AccessDeniedException e) {
      String reason = e.getReason() + "; files arrive there first, so the root must be writable";
      throw new AccessDeniedException(root.pathOf(folderName), null, reason);
    }
  }

  /** The staging folder, or null if there is none. */
  private Dir openIfThere(Dir root) throws IOException {
    try {
      return openPrivate(root);
    } catch (TreeException e) {
      String ours = TreePath.STAGING_NAME + "-" + folders.user();
      if (e.problem() != Problem.STAGING || folderName.equals(ours)) {
        throw e;
      }
      folderName = ours;
      return openPrivate(root);
    }
  }

  private Dir openPrivate(Dir root) throws IOException {
    Dir found;
    try {
      found = root.open(folderName);
    } catch (NoSuchFileException e) {
      return null;
    } catch (TreeException | NotDirectoryException | AccessDeniedException e) {
      throw unsafe(root);
    }
    try {
      if (found.isPrivate()) {
        return found;
      }
    } catch (NoSuchFileException e) {
      found.close();
      return null; // removed meanwhile
    } catch (AccessDeniedException e) {
      // Somebody else's, where this user may not even look.
    } catch (Throwable t) {
      found.close();
      throw t;
    }
    found.close();
    throw unsafe(root);
  }

  private TreeException unsafe(Dir root) {
    return new TreeException(
        Problem.STAGING,
        root.pathOf(folderName),
        "files in transfer cannot be kept there safely: it must be a folder of this user with"
            + " permissions 0700; remove what stands there");
  }

  List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (Dir root = folders.open(TreePath.ROOT, Dir.Use.NAMES);
        Dir found = openIfThere(root)) {
      if (found != null) {
        addNames(found, names);
      }
    }
    return names;
  }

  private static void addNames(Dir found, List<String> names) throws IOException {
    try (Listing listing = found.list()) {
      for (Listing.Item item = listing.next(); item != null; item = listing.next()) {
        names.add(item.name());
      }
    }
  }

  /** Deletes what is stale, and what processes left behind that have ended. */
  int collectStale(Duration age) throws IOException {
    closeIfIdle();
    long limit = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now().minus(age));
    try (Dir root = folders.open(TreePath.ROOT, Dir.Use.NAMES);
        Dir found = openIfThere(root)) {
      if (found == null) {
        return 0;
      }
      boolean alone = found.claim();
      int collected = collectOlder(found, limit, alone);
      if (alone) {
        removeIfEmpty();
      }
      return collected;
    }
  }

  private void closeIfIdle() {
    lock.lock();
    try {
      if (inUse.isEmpty()) {
        forget();
      }
    } finally {
      lock.unlock();
    }
  }

  private int collectOlder(Dir found, long limit, boolean alone) throws IOException {
    int collected = 0;
    try (Listing names = found.list()) {
      for (Listing.Item item = names.next(); item != null; item = names.next()) {
        boolean left = alone && item.name().startsWith(PASSING);
        if (removeIfStale(found, item, left ? Long.MAX_VALUE : limit)) {
          collected++;
        }
      }
    }
    return collected;
  }

  private boolean removeIfStale(Dir found, Listing.Item item, long limit) throws IOException {
    try {
      boolean stale = isStale(found, item, limit);
      if (stale) {
        found.remove(item.name());
      }
      return stale;
    } catch (NoSuchFileException e) {
      return false; // published, or collected by another process
    }
  }

  private boolean isStale(Dir found, Listing.Item item, long limit) throws IOException {
    return item instanceof Listing.Entry entry
        && entry.attributes().isFile()
        && !inUse.containsKey(entry.name())
        && found.changeNanos(entry.name()) <= limit;
  }

  Folders folders() {
    return folders;
  }

  void noLongerInUse(StagedFile file) {
    inUse.remove(file.name(), file);
  }

  /** Removes the staging folder if it was used and is empty now. */
  @Override
  public void close() {
    lock.lock();
    try {
      forget();
      if (used) {
        removeIfEmpty();
      }
    } finally {
      lock.unlock();
    }
  }

  private void removeIfEmpty() {
    try (Dir root = folders.open(TreePath.ROOT, Dir.Use.NAMES)) {
      root.remove(folderName);
    } catch (IOException e) {
      // Files of other processes or kept ones are in it, or another process was faster.
    }
  }
}
