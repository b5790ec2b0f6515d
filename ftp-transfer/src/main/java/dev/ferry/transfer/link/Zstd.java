package dev.ferry.transfer.link;

import static com.github.luben.zstd.util.ZstdVersion.VERSION;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.util.Native;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The feature {@code zstd} (spec 8.2): what one frame of it holds. An object compresses, for one
 * thread, and has memory outside of the heap until it is closed. All buffers are direct.
 */
public final class Zstd implements AutoCloseable {
  static final String FEATURE = "zstd";

  /** The fastest that is worth its ratio; higher ones take longer than most links. */
  private static final int LEVEL = 1;

  private static final boolean AVAILABLE = load();

  private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);

  /** Whether the native library could be loaded, and nobody has switched it off. */
  public static boolean isAvailable() {
    return AVAILABLE;
  }

  /** From beside the jar if it was unpacked there, which is faster. */
  private static boolean load() {
    if ("off".equals(System.getProperty("ferry.zstd"))) {
      return false;
    }
    try {
      String library =
          "linux/%s/libzstd-jni-%s.so".formatted(System.getProperty("os.arch"), VERSION);
      Path unpacked =
          Path.of(Native.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .resolveSibling(library);
      if (Files.isReadable(unpacked)) {
        Native.load(unpacked.toFile());
      } else {
        Native.load();
      }
      return true;
    } catch (RuntimeException | URISyntaxException | LinkageError _) {
      // Whatever it is, the feature is optional.
      return false;
    }
  }

  /**
   * Compresses what remains in a buffer, which stays as it is, into another one, from its
   * beginning.
   *
   * @param most bytes that may come of it
   * @return false if that is not enough
   */
  public boolean compress(ByteBuffer from, ByteBuffer into, int most) {
    try {
      into.clear();
      int length =
          context.compressDirectByteBuffer(into, 0, most, from, from.position(), from.remaining());
      into.limit(length);
      return true;
    } catch (ZstdException _) {
      return false;
    }
  }

  /** The size of the content that the frame in a buffer claims; negative if it claims none. */
  public static long contentSize(ByteBuffer frame) {
    return com.github.luben.zstd.Zstd.getDirectByteBufferFrameContentSize(
        frame, frame.position(), frame.remaining());
  }

  /**
   * Fills what remains of a buffer with the content of a frame.
   *
   * @return false if the frame is damaged, or holds less or more
   */
  public static boolean decompress(ByteBuffer frame, ByteBuffer into) {
    int end = into.limit();
    try {
      long length =
          com.github.luben.zstd.Zstd.decompressDirectByteBuffer(
              into, into.position(), into.remaining(), frame, frame.position(), frame.remaining());
      return length == into.remaining();
    } catch (ZstdException _) {
      return false;
    } finally {
      into.position(end);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
