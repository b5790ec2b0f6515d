package dev.ferry.transfer;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.transfer.TransferListener.Ended;
import dev.ferry.transfer.TransferListener.Side;

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

  /** A receiver says how it ended. */
  void checkMayEnd(Status status) throws ProtocolException {
    boolean due = item.attributes().isFile() && !resolved && !sent;
    if (due && status == Status.DONE) {
      throw new ProtocolException(
          "RESULT done for content that was not sent to its end (spec 7.5)");
    }
  }

  /** To be called when the job is over. */
  void tellIfCutOff(TransferListener listener) {
    if (!resolved && moved > 0) {
      Reason why = new Reason(ErrorCode.CANCELLED, "the job ended before this entry did");
      listener.cutOff(ended(Status.FAILED, Side.SENDER, why));
    }
  }

  /** How it ended. */
  Ended ended(Status status, Side by, Reason reason) {
    return new Ended(
        item.argument(),
        item.path(),
        WireAttributes.of(item.attributes()),
        moved,
        status,
        by,
        reason);
  }
}
