package dev.ferry.testkit;

import static dev.ferry.protocol.FrameType.GET;
import static dev.ferry.protocol.FrameType.JOB_DONE;
import static dev.ferry.protocol.FrameType.RESULT;

import dev.ferry.protocol.Hash128;
import dev.ferry.testkit.Lie.Scene;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Files that are not as long as they were said to be (spec 7.3, 8): none is ever published. */
final class LiesOfSize {
  private static final int CHUNK = 256 << 10;
  private static final long LARGEST = 32L << 40;

  private static final int[] SIZES = {0, 1, 5, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK};

  /** What is sent of files of these sizes. */
  private static final Map<Integer, byte[]> CONTENT = new ConcurrentHashMap<>();

  private LiesOfSize() {}

  static Stream<Lie> all() {
    return Stream.of(
            LiesInGets.scene("get", "-P", "1", "URL/wanted", "got"),
            LiesInGets.scene("get", "-r", "-P", "1", "URL/wanted", "got"),
            LiesInGets.scene("cat", "URL/wanted"))
        .flatMap(scene -> Stream.concat(wrong(scene), wild(scene)));
  }

  /** Each of these sizes is announced, and each other one sent. */
  private static Stream<Lie> wrong(Scene scene) {
    return Arrays.stream(SIZES)
        .boxed()
        .flatMap(
            said ->
                Arrays.stream(SIZES)
                    .filter(sent -> sent != said)
                    .mapToObj(
                        sent ->
                            scene
                                .lie(said + " said, " + sent + " sent", 8, s -> told(s, said, sent))
                                .orExits(7, 3)));
  }

  private static Stream<Lie> wild(Scene scene) {
    Stream<Lie> beyond =
        LongStream.of(LARGEST + 1, Long.MAX_VALUE)
            .mapToObj(size -> scene.lie("says " + size, 8, s -> told(s, size, 5)));
    Stream<Lie> large =
        LongStream.of(1L << 31, 1L << 32, 1L << 38, LARGEST)
            .mapToObj(
                size ->
                    scene
                        .lie("says " + size + ", sends 5", 8, s -> told(s, size, 5))
                        .orExits(7, 3));
    return Stream.of(
            beyond,
            large,
            Stream.of(
                scene.lie("says 5 and never ends", 8, s -> endless(s, 5)),
                scene.lie("says a chunk and never ends", 8, s -> endless(s, CHUNK)),
                scene.lie("says 5 in two pieces", 8, LiesOfSize::inPieces),
                scene.lie("sends nothing, and not the last", 8, s -> data(s, 5, 0, 0)),
                scene.lie("begins within a chunk", 8, s -> data(s, 5, 1, 4)),
                scene.lie("begins beyond the end", 8, s -> data(s, 5, CHUNK, 5)),
                scene.lie("begins at the largest offset", 8, s -> data(s, 5, Long.MAX_VALUE, 5)),
                scene.lie("begins at a negative offset", 8, s -> data(s, 5, -1, 5)),
                scene.lie("a negative size", 8, s -> s.bytes(negative()))))
        .flatMap(s -> s);
  }

  private static Script told(Script script, long said, int sent) {
    return script
        .send(LiesInGets.file(0, said, "wanted"))
        .bytes(CONTENT.computeIfAbsent(sent, LiesOfSize::content))
        .send(LiesInGets.end(1))
        .expect(RESULT, JOB_DONE, GET)
        .cut();
  }

  /** All that is sent of a file of so many bytes. */
  private static byte[] content(int size) {
    int chunks = Math.max(1, (size + CHUNK - 1) / CHUNK);
    ByteBuffer hashes = ByteBuffer.allocate(8 + 16 * chunks).putLong(size);
    IntStream.range(0, size == 0 ? 0 : chunks)
        .forEach(i -> OneChunk.hash(chunk(size, i)).write(hashes));
    Hash128 whole = OneChunk.hash(Arrays.copyOf(hashes.array(), hashes.position()));
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    for (int i = 0; i < chunks - 1; i++) {
      told.writeBytes(RawFrame.data(0, (long) i * CHUNK, chunk(size, i)).bytes());
    }
    long last = (long) (chunks - 1) * CHUNK;
    told.writeBytes(RawFrame.last(0, last, whole, chunk(size, chunks - 1)).bytes());
    return told.toByteArray();
  }

  private static byte[] chunk(int size, int number) {
    return letters(Math.min(CHUNK, size - number * CHUNK));
  }

  private static byte[] letters(int count) {
    byte[] letters = new byte[count];
    Arrays.fill(letters, (byte) 'a');
    return letters;
  }

  private static Script endless(Script script, int said) {
    Script told = script.send(LiesInGets.file(0, said, "wanted"));
    for (int i = 0; i < 8; i++) {
      told = told.bytes(RawFrame.data(0, (long) i * CHUNK, letters(CHUNK)).bytes());
    }
    return told;
  }

  private static Script inPieces(Script script) {
    return data(data(script, 5, 0, 2), 5, 2, 3);
  }

  private static Script data(Script script, long said, long offset, int sent) {
    return script
        .send(LiesInGets.file(0, said, "wanted"))
        .bytes(RawFrame.data(0, offset, letters(sent)).bytes());
  }

  private static byte[] negative() {
    return LiesInGets.entry().u8(0).u64(-5).u64(0).u16(0644).u8(0).bytes();
  }
}
