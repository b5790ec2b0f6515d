package dev.ferry.client;

import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.LinkPolicy;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;

/**
 * Counts what a PUT will send, in a thread of its own that runs ahead of it, so that somebody who
 * watches knows early how much it is. It reads no file; what it cannot see it leaves out.
 */
final class LookAhead implements AutoCloseable {
  private final PutRequest request;
  private final JobListener listener;
  private volatile boolean closed;

  private LookAhead(PutRequest request, JobListener listener) {
    this.request = request;
    this.listener = listener;
  }

  /** Begins to count; {@link JobListener#foreseen} gets the result, unless it is closed before. */
  static LookAhead start(PutRequest request, JobListener listener) {
    LookAhead ahead = new LookAhead(request, listener);
    Thread.ofPlatform().daemon().name("ferry-look-ahead").start(ahead::count);
    return ahead;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void count() {
    Counter counter = new Counter();
    for (LocalSource source : request.sources()) {
      counter.add(source);
    }
    if (!closed) {
      listener.foreseen(counter.files, counter.bytes);
    }
  }

  private final class Counter extends SimpleFileVisitor<Path> {
    private long files;
    private long bytes;

    void add(LocalSource source) {
      boolean follow = request.rules().links() == LinkPolicy.FOLLOW;
      if (source.isLink() && !follow) {
        return;
      }
      Set<FileVisitOption> options =
          follow ? EnumSet.of(FileVisitOption.FOLLOW_LINKS) : EnumSet.noneOf(FileVisitOption.class);
      try {
        Path real = source.path().toRealPath();
        if (request.recursive() || !Files.isDirectory(real)) {
          Files.walkFileTree(real, options, Integer.MAX_VALUE, this);
        }
      } catch (IOException _) {
        // The job will say what is wrong with it.
      }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return TreePath.isReserved(String.valueOf(folder.getFileName()))
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        files++;
        bytes += attributes.size();
      }
      return closed ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException why) {
      return FileVisitResult.CONTINUE;
    }
  }
}
