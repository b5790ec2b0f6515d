package dev.ferry.testkit;

import dev.ferry.protocol.Vectors;
import dev.ferry.protocol.WireVector;
import dev.ferry.protocol.WireVector.State;
import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;

/** What fuzzing begins with: what one side says in the vectors of {@code testdata/frames}. */
final class FuzzSeeds {
  private static final int LONGEST = 4 << 10;

  private FuzzSeeds() {}

  /** Of connections that are where this says when the first byte comes. */
  static Stream<byte[]> of(boolean fromClient, State state) {
    return Vectors.all().stream()
        .filter(vector -> vector.state() == state)
        .map(vector -> said(vector, fromClient))
        .filter(bytes -> bytes.length > 0 && bytes.length <= LONGEST);
  }

  private static byte[] said(WireVector vector, boolean fromClient) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    vector.pieces().stream()
        .filter(piece -> piece.fromClient() == fromClient)
        .forEach(piece -> said.writeBytes(piece.bytes().toArray()));
    return said.toByteArray();
  }
}
