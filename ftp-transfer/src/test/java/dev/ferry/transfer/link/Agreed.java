package dev.ferry.transfer.link;

/** What the greeting would have agreed on. */
public final class Agreed {
  private Agreed() {}

  /** The feature {@code zstd}. */
  public static void on(Link link) {
    link.compresses(true);
  }
}
