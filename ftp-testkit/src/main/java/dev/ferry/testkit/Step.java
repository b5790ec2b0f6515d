package dev.ferry.testkit;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.FrameType;
import java.util.List;

/** What a {@link ScriptedPeer} does next. */
sealed interface Step {
  /** Sends bytes. */
  record Send(String what, Bytes bytes) implements Step {
    @Override
    public String toString() {
      return "send " + what;
    }
  }

  /** Waits for a frame; ALIVE is passed over unless it is expected. */
  record Expect(FrameType type) implements Step {
    @Override
    public String toString() {
      return "expect " + type;
    }
  }

  /** Waits for frames in whatever order; ALIVE is passed over. */
  record ExpectAll(List<FrameType> types) implements Step {
    @Override
    public String toString() {
      return "expect " + types + " in any order";
    }
  }

  /** Reads whatever comes until the other side ends the connection. */
  record UntilEnd() implements Step {
    @Override
    public String toString() {
      return "wait for the end";
    }
  }

  /** From here on sends in pieces of so many bytes. */
  record Slices(int bytes) implements Step {}

  /** Ends the connection when so many more bytes were sent. */
  record CutAfter(long bytes) implements Step {}

  /** Neither reads nor writes until the peer is released or closed. */
  record Stall() implements Step {
    @Override
    public String toString() {
      return "stall";
    }
  }

  /** Ends the connection in the way of its protocol. */
  record Cut() implements Step {}

  /** Ends the connection in a way that destroys what is on its way. */
  record Reset() implements Step {}
}
