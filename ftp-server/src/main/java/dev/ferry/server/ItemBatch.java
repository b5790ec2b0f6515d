package dev.ferry.server;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Frame.Item;
import dev.ferry.transfer.link.Link;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Collects items of a listing and sends them as ITEMS of a good size. Used by one thread. */
final class ItemBatch {
  /**
   * An ITEMS is sent when it has about so many bytes; names beyond ASCII may make it three times as
   * large.
   */
  private static final int FRAME_BYTES = 64 << 10;

  private static final int ITEM_BYTES = 22;
  private static final int NAME_BYTES = 2;

  private final Link link;
  private final List<Item> items = new ArrayList<>();
  private int bytes;
  private long sent;

  ItemBatch(Link link) {
    this.link = link;
  }

  /**
   * Adds one item; blocks on the peer when it makes a frame full.
   *
   * @param error 0, or the code that says why the folder's content is missing
   */
  void add(List<String> path, FileAttributes attributes, int error) throws IOException {
    items.add(new Item(path, attributes, error));
    bytes += ITEM_BYTES;
    for (String name : path) {
      bytes += NAME_BYTES + name.length();
    }
    if (bytes >= FRAME_BYTES) {
      flush();
    }
  }

  /** Sends what was added since the last frame. */
  void flush() throws IOException {
    if (!items.isEmpty()) {
      link.sendNow(new Frame.Items(List.copyOf(items)));
      sent += items.size();
      items.clear();
      bytes = 0;
    }
  }

  /** How many items were sent. */
  long sent() {
    return sent;
  }
}
