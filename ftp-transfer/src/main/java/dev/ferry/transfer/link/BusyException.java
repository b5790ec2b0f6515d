package dev.ferry.transfer.link;

import dev.ferry.protocol.Frame;
import java.io.IOException;

/** The server is full or draining, and said so (spec 5.3). Nothing was done. */
public class BusyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Frame.Busy busy;

  public BusyException(Frame.Busy busy) {
    super(busy.text());
    this.busy = busy;
  }

  public Frame.Busy busy() {
    return busy;
  }
}
