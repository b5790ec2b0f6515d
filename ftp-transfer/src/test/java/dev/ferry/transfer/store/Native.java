package dev.ferry.transfer.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;

/** What tests need of Linux and the JDK does not offer, with absolute paths. */
final class Native {
  private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
  private static final int MKNODAT = ARM ? 33 : 259;
  private static final int RENAMEAT2 = ARM ? 276 : 316;
  private static final int SETRESUID = ARM ? 147 : 117;
  private static final int NOBODY = 65534;
  private static final int FIFO = 0010644;
  private static final int REGULAR = 0100644;
  private static final int RENAME_EXCHANGE = 2;
  private static final MethodHandle SYSCALL = link();

  private Native() {}

  @SuppressWarnings("restricted")
  private static MethodHandle link() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
        Linker.Option.firstVariadicArg(1));
  }

  private static long call(long number, long a, long b, long c, long d, long e) {
    try {
      return (long) SYSCALL.invokeExact(number, a, b, c, d, e);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  private static MemorySegment text(Arena arena, byte[] text) {
    MemorySegment segment = arena.allocate(text.length + 1L);
    MemorySegment.copy(text, 0, segment, JAVA_BYTE, 0, text.length);
    return segment;
  }

  private static MemorySegment text(Arena arena, Path path) {
    return text(arena, path.toString().getBytes(UTF_8));
  }

  static void makeFifo(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      assertThat(call(MKNODAT, -1, text(arena, path).address(), FIFO, 0, 0)).isZero();
    }
  }

  /** Makes an empty file whose name may be any bytes. */
  static void makeFile(byte[] path) {
    try (Arena arena = Arena.ofConfined()) {
      assertThat(call(MKNODAT, -1, text(arena, path).address(), REGULAR, 0, 0)).isZero();
    }
  }

  /** Lets two names change places, in one step. */
  static void exchange(Path a, Path b) {
    try (Arena arena = Arena.ofConfined()) {
      long first = text(arena, a).address();
      long second = text(arena, b).address();
      assertThat(call(RENAMEAT2, -1, first, -1, second, RENAME_EXCHANGE)).isZero();
    }
  }

  /** Something to do that may fail. */
  interface Action {
    void run() throws Exception;
  }

  /**
   * Does something without the powers of root: as the user that runs the tests, or, if that is
   * root, on a thread that gives its powers up for good.
   */
  static void withoutPowers(Action action) throws Exception {
    if (Kernel.userId() != 0) {
      action.run();
      return;
    }
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              assertThat(call(SETRESUID, -1, NOBODY, -1, 0, 0)).isZero();
              action.run();
              return null;
            });
    Thread.ofPlatform().start(task);
    task.get();
  }
}
