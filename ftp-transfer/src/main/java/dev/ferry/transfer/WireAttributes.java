package dev.ferry.transfer;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.transfer.store.Attributes;

/** Attributes of the store as the wire has them (spec section 4). */
public final class WireAttributes {
  private WireAttributes() {}

  /** Without the fingerprint, which travels beside them. */
  public static FileAttributes of(Attributes attributes) {
    return new FileAttributes(
        switch (attributes.kind()) {
          case FILE -> Frame.Kind.FILE;
          case FOLDER -> Frame.Kind.FOLDER;
          case LINK -> Frame.Kind.LINK;
          case OTHER -> Frame.Kind.OTHER;
        },
        attributes.isFile() ? attributes.size() : 0,
        attributes.mtimeNanos(),
        attributes.mode() & 0777);
  }
}
