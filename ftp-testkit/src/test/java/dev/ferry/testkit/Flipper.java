package dev.ferry.testkit;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** Lets pairs of names change places without pause, on a thread of its own, until it is stopped. */
final class Flipper {
  private static final int HERE = -100;
  private static final int EXCHANGE = 2;
  private static final MethodHandle RENAMEAT2 = link();

  private final Arena memory = Arena.ofShared();
  private final MemorySegment[] names;
  private final Thread thread;
  private volatile boolean stopped;

  /** Begins at once. A pair of which one is missing is left alone until it is there again. */
  Flipper(Path... names) {
    this.names = new MemorySegment[names.length];
    for (int i = 0; i < names.length; i++) {
      this.names[i] = memory.allocateFrom(names[i].toString());
    }
    thread = Thread.ofPlatform().start(this::run);
  }

  @SuppressWarnings("restricted")
  private static MethodHandle link() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("renameat2"),
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
  }

  private void run() {
    while (!stopped) {
      for (int i = 0; i < names.length; i += 2) {
        exchange(names[i], names[i + 1]);
      }
    }
  }

  private static void exchange(MemorySegment one, MemorySegment other) {
    try {
      int _ = (int) RENAMEAT2.invokeExact(HERE, one, HERE, other, EXCHANGE);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
    memory.close();
  }
}
