package dev.ferry.testkit;

import static dev.ferry.protocol.FrameType.DATA;
import static dev.ferry.protocol.FrameType.GET;
import static dev.ferry.protocol.FrameType.HELLO;
import static dev.ferry.protocol.FrameType.JOB_DONE;
import static dev.ferry.protocol.FrameType.LOGIN;
import static dev.ferry.protocol.FrameType.RESULT;

import dev.ferry.protocol.Frame;
import dev.ferry.testkit.Lie.Scene;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;

/** Compressed chunks that claim to be, or become, more than a chunk (spec 8.2). */
final class LiesInZstd {
  private static final int CHUNK = 256 << 10;
  private static final int BLOCK = 128 << 10;

  private LiesInZstd() {}

  static Stream<Lie> all() {
    return Stream.of(scene("get", "-P", "1", "URL/wanted", "got"), scene("cat", "URL/wanted"))
        .flatMap(LiesInZstd::lies);
  }

  private static Scene scene(String... command) {
    Script script =
        Script.begin()
            .expect(HELLO, LOGIN)
            .send(new Frame.Hello(1, 1, "liar", List.of("zstd")), LiesAtGreeting.welcome(900))
            .expect(GET)
            .send(LiesInGets.file(0, CHUNK, "wanted"));
    return Scene.of(script, command);
  }

  private static Stream<Lie> lies(Scene scene) {
    return Stream.of(
        scene.lie("claims 4 EiB", 8, s -> chunk(s, zstd(1L << 62, 2))),
        scene.lie("claims a byte less", 8, s -> chunk(s, zstd(CHUNK - 1, 2))),
        scene.lie("claims nothing", 8, s -> chunk(s, new byte[] {0x28, (byte) 0xB5, 0x2F, -3, 0})),
        scene.lie("is no zstd", 8, s -> chunk(s, new byte[100])),
        scene.lie("is nothing", 8, s -> chunk(s)),
        scene.lie("is as long as the chunk", 8, s -> chunk(s, new byte[CHUNK])),
        scene.lie("becomes a hundred chunks", 7, s -> chunk(s, zstd(CHUNK, 200))).orExits(3),
        scene.lie("becomes half a chunk", 7, s -> chunk(s, zstd(CHUNK, 1))).orExits(3),
        scene.lie("becomes another chunk", 7, s -> chunk(s, zstd(CHUNK, 2))).orExits(3));
  }

  /** A frame of so many blocks, each of which becomes 128 KiB of one letter. */
  private static byte[] zstd(long claimed, int blocks) {
    ByteBuffer frame = ByteBuffer.allocate(13 + 4 * blocks).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(0xFD2FB528).put((byte) 0xE0).putLong(claimed);
    for (int i = 1; i <= blocks; i++) {
      int head = BLOCK << 3 | 1 << 1 | (i == blocks ? 1 : 0);
      frame.put((byte) head).put((byte) (head >> 8)).put((byte) (head >> 16)).put((byte) 'a');
    }
    return frame.array();
  }

  private static Script chunk(Script script, byte... compressed) {
    RawFrame head = RawFrame.of(DATA).u32(0).u8(3).u64(0);
    byte[] data =
        head.hash(OneChunk.EMPTY.hash()).hash(OneChunk.EMPTY.hash()).raw(compressed).bytes();
    return script.bytes(data).send(LiesInGets.end(1)).expect(RESULT, JOB_DONE, GET).cut();
  }
}
