package dev.ferry.testkit;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.FrameText;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Vectors;
import dev.ferry.protocol.WireVector;
import dev.ferry.protocol.WireVector.Expected;
import dev.ferry.protocol.WireVector.State;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A vector that is a conversation: what each side says, and what may differ from run to run. */
record Exchange(WireVector vector) {
  private static final String OWN_CHOICE =
      "(software|features|session|idle|role|fingerprint|text)="
          + "(\"(\\\\.|[^\"])*\"|\\[[^\\]]*\\]|\\w*)";

  /** All conversations, right and wrong ones. */
  static Stream<Exchange> all() {
    return Vectors.all().stream()
        .filter(vector -> vector.name().matches("(exchange|conversation)-.*"))
        .map(Exchange::new);
  }

  String name() {
    return vector.name();
  }

  boolean isValid() {
    return vector.is("valid");
  }

  boolean beginsWithTheGreeting() {
    return vector.state() == State.GREETING;
  }

  /** Whether the client says the last word; in a wrong conversation that is the wrong one. */
  boolean endsWithTheClient() {
    return vector.pieces().getLast().fromClient();
  }

  /** What one side says, ALIVE left out, as far as it is no choice of its own. */
  List<String> says(boolean client) {
    return vector.frames().stream()
        .filter(frame -> frame.fromClient() == client)
        .map(Expected::text)
        .filter(text -> !text.equals("ALIVE"))
        .map(Exchange::withoutOwnChoice)
        .toList();
  }

  /** The same for frames that came. */
  static List<String> texts(List<Received> frames) {
    return frames.stream()
        .map(Exchange::text)
        .filter(Objects::nonNull)
        .filter(text -> !text.equals("ALIVE"))
        .map(Exchange::withoutOwnChoice)
        .toList();
  }

  private static String text(Received frame) {
    try {
      if (frame.type() == FrameType.DATA) {
        ByteBuffer payload = ByteBuffer.wrap(frame.payload().toArray());
        DataHeader header = DataHeader.read(payload);
        return FrameText.of(header, payload);
      }
      return frame.type() == null ? null : FrameText.of(frame.frame());
    } catch (ProtocolException e) {
      throw new AssertionError(e);
    }
  }

  private static String withoutOwnChoice(String text) {
    return text.replaceAll(OWN_CHOICE, "$1=…");
  }

  /** Each side's turn, in order: the bytes it sends, and the types of its frames. */
  List<Turn> turns() {
    return Stream.iterate(0, i -> i < vector.pieces().size(), i -> i + 1).map(this::turn).toList();
  }

  /** What one side sends before the other one's turn. */
  record Turn(boolean client, Bytes bytes, List<FrameType> types) {}

  private Turn turn(int index) {
    WireVector.Piece piece = vector.pieces().get(index);
    return new Turn(piece.fromClient(), piece.bytes(), types(piece.bytes()));
  }

  private static List<FrameType> types(Bytes bytes) {
    ByteBuffer rest = ByteBuffer.wrap(bytes.toArray());
    Stream.Builder<FrameType> types = Stream.builder();
    while (rest.hasRemaining()) {
      int length = rest.getInt();
      FrameType type = FrameType.of(rest.get());
      if (type != null && type != FrameType.ALIVE) {
        types.add(type);
      }
      rest.position(rest.position() + 3 + length);
    }
    return types.build().toList();
  }

  @Override
  public String toString() {
    return name();
  }
}
