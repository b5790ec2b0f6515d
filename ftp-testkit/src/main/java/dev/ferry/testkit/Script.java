package dev.ferry.testkit;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.FrameCodec;
import dev.ferry.protocol.FrameType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link ScriptedPeer} does on one connection, step by step. Cannot be changed: each method
 * returns a script with one step more. The connection is ended after the last step.
 */
public final class Script {
  private static final int VERSION = 1;
  private static final long IDLE_SECONDS = 900;

  private final List<Step> steps;

  private Script(List<Step> steps) {
    this.steps = steps;
  }

  /** A script that does nothing yet. */
  public static Script begin() {
    return new Script(List.of());
  }

  List<Step> steps() {
    return steps;
  }

  /** Sends frames. */
  public Script send(Frame... frames) {
    Script longer = this;
    for (Frame frame : frames) {
      ByteBuffer encoded = FrameCodec.encode(frame);
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      longer = longer.with(new Step.Send(frame.type().toString(), Bytes.of(bytes)));
    }
    return longer;
  }

  /** Sends bytes, whatever they are. */
  public Script bytes(byte... bytes) {
    return with(new Step.Send(bytes.length + " bytes", Bytes.of(bytes)));
  }

  /** Waits for frames of these types, in this order; ALIVE may come between them. */
  public Script expect(FrameType... types) {
    Script longer = this;
    for (FrameType type : types) {
      longer = longer.with(new Step.Expect(type));
    }
    return longer;
  }

  /** Waits for frames of these types, in any order; ALIVE may come between them. */
  public Script expectInAnyOrder(FrameType... types) {
    return with(new Step.ExpectAll(List.of(types)));
  }

  /** Reads whatever comes until the other side ends the connection. */
  public Script untilEnd() {
    return with(new Step.UntilEnd());
  }

  /** From here on sends in pieces of so many bytes, each in a packet of its own if possible. */
  public Script slices(int bytes) {
    return with(new Step.Slices(bytes));
  }

  /** Ends the connection when so many more bytes were sent, in the middle of a frame or not. */
  public Script cutAfter(long bytes) {
    return with(new Step.CutAfter(bytes));
  }

  /**
   * Neither reads nor writes until {@link ScriptedPeer#release()} or {@link ScriptedPeer#close()}.
   */
  public Script stall() {
    return with(new Step.Stall());
  }

  /** Ends the connection. */
  public Script cut() {
    return with(new Step.Cut());
  }

  /**
   * Ends the connection so that the other side finds it reset; what it did not read yet is lost.
   */
  public Script reset() {
    return with(new Step.Reset());
  }

  /** The client's greeting (spec 5.1, 5.2), up to WELCOME. */
  public Script greetAsClient() {
    return send(hello(), new Frame.Login(Frame.Login.ANONYMOUS, "", Bytes.NONE))
        .expect(FrameType.HELLO, FrameType.WELCOME);
  }

  /** The server's greeting (spec 5.1, 5.2), up to WELCOME. */
  public Script greetAsServer() {
    return expect(FrameType.HELLO, FrameType.LOGIN)
        .send(hello(), new Frame.Welcome(Role.WRITER, "scripted", IDLE_SECONDS, Bytes.NONE));
  }

  private static Frame hello() {
    return new Frame.Hello(VERSION, VERSION, "scripted/1", List.of());
  }

  private Script with(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new Script(List.copyOf(longer));
  }
}
