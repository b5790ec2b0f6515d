package dev.ferry.transfer.store;

import java.io.IOException;

/**
 * The names in one folder, streamed in the file system's order. Reserved names are not among them,
 * unless that was asked for. A name that appears or vanishes meanwhile may be missing or be
 * reported as unreadable. Used by one thread at a time; whoever asked for it closes it.
 */
public interface Listing extends AutoCloseable {

  /** One name. */
  sealed interface Item {
    /** The name; for one that is not valid UTF-8 a readable stand-in that leads nowhere. */
    String name();
  }

  /** A name and what stands there. */
  record Entry(String name, Attributes attributes) implements Item {}

  /**
   * A name about which nothing can be said.
   *
   * @param why {@link dev.ferry.protocol.BadNameException} if the name is not one that Ferry
   *     carries, {@link java.nio.file.NoSuchFileException} if it vanished meanwhile, else what the
   *     system said
   */
  record Unreadable(String name, IOException why) implements Item {}

  /** The next name, or null after the last one. */
  Item next() throws IOException;

  @Override
  void close();
}
