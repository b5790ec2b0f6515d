package dev.ferry.server.account;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A lock on a file that one holder has, whatever process it is in; the end of its process lets it
 * go. Any thread may close it.
 *
 * <p>The system gives such locks to processes and takes them away when any channel to the file is
 * closed, so within this process a semaphore decides first, and the file is open once at most.
 */
public final class FileGuard implements AutoCloseable {
  private static final Map<Path, Semaphore> HERE = new ConcurrentHashMap<>();
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Semaphore here;
  private final FileChannel channel;

  private FileGuard(Semaphore here, FileChannel channel) {
    this.here = here;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param file made if missing
   * @param patience how long to wait for another holder
   * @return null if the other one still has it then
   */
  public static FileGuard take(Path file, Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    Path real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
    Semaphore here = HERE.computeIfAbsent(real, _ -> new Semaphore(1));
    if (!acquire(here, patience)) {
      return null;
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              real,
              EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              StateFolder.OWNERS_FILE);
      taken = lock(channel, end);
      return taken ? new FileGuard(here, channel) : null;
    } finally {
      if (!taken) {
        letGo(channel, here);
      }
    }
  }

  private static boolean acquire(Semaphore here, Duration patience) throws IOException {
    try {
      return here.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static boolean lock(FileChannel channel, long end) throws IOException {
    while (channel.tryLock() == null) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    letGo(channel, here);
  }

  private static void letGo(FileChannel channel, Semaphore here) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      here.release();
    }
  }
}
