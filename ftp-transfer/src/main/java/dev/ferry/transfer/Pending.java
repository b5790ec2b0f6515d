package dev.ferry.transfer;

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
}
