package dev.ferry.transfer;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;

/**
 * An entry that the sender has announced. All but {@code resolved} and {@code sent} is guarded by
 * {@link SenderState}.
 */
final class Pending {
  final long number;
  final Walk.Item item;

  /** It has its RESULT or ENTRY-ERROR. */
  volatile boolean resolved;

  /** Its content was sent to the end. */
  volatile boolean sent;

  boolean answered;
  int orders;
  long moved;

  Pending(long number, Walk.Item item) {
    this.number = number;
    this.item = item;
  }

  /** As it is announced. */
  Frame.Entry entry() {
    return new Frame.Entry(
        number,
        item.argument(),
        item.path(),
        WireAttributes.of(item.attributes()),
        Bytes.of(item.attributes().fingerprint().bytes()));
  }
}
