package dev.ferry.transfer.store;

import dev.ferry.protocol.TreePath;
import java.io.IOException;

/**
 * A listing without staging folders.
 *
 * @param all closed with this
 */
record VisibleListing(Listing all) implements Listing {
  @Override
  public Item next() throws IOException {
    Item item = all.next();
    while (item != null && TreePath.isReserved(item.name())) {
      item = all.next();
    }
    return item;
  }

  @Override
  public void close() {
    all.close();
  }
}
