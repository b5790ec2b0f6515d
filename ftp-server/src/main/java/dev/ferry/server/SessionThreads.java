package dev.ferry.server;

/**
 * What kind of thread serves a connection once it has logged in. File work never runs on it, see
 * {@link Workers}.
 */
public sealed interface SessionThreads {
  /** A virtual thread each. */
  SessionThreads VIRTUAL = new Virtual();

  /** A platform thread each. */
  SessionThreads PLATFORM = new Platform();

  /** At most {@code size} platform threads; further connections wait for one of them. */
  static SessionThreads pool(int size) {
    return new Pool(size);
  }

  /**
   * The choice that {@code virtual}, {@code platform} or {@code pool:N} stands for.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static SessionThreads parse(String text) {
    if (text.matches("pool:[0-9]{1,6}")) {
      return pool(Integer.parseInt(text.substring("pool:".length())));
    }
    return switch (text) {
      case "virtual" -> VIRTUAL;
      case "platform" -> PLATFORM;
      default -> throw new IllegalArgumentException("not one of virtual, platform, pool:N");
    };
  }

  /** See {@link #VIRTUAL}. */
  record Virtual() implements SessionThreads {
    @Override
    public String toString() {
      return "virtual";
    }
  }

  /** See {@link #PLATFORM}. */
  record Platform() implements SessionThreads {
    @Override
    public String toString() {
      return "platform";
    }
  }

  /**
   * See {@link #pool}.
   *
   * @param size 1 or more
   */
  record Pool(int size) implements SessionThreads {
    public Pool {
      if (size < 1) {
        throw new IllegalArgumentException("a pool of " + size + " threads serves nobody");
      }
    }

    @Override
    public String toString() {
      return "pool:" + size;
    }
  }
}
