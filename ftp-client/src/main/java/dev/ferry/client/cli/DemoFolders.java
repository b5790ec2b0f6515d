package dev.ferry.client.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/** The temporary folders of the demo: what is served, and where a person would work. */
final class DemoFolders implements AutoCloseable {
  static final String LARGE = "large.bin";
  private static final int LARGE_BYTES = 32 << 20;
  private static final int SEED = 9021;

  private final Path top;
  private final String what;

  private DemoFolders(Path top, String what) {
    this.top = top;
    this.what = what;
  }

  /** Makes them; the caller closes them, which deletes them. */
  static DemoFolders make() throws IOException {
    String home = System.getProperty("ferry.home");
    Path library = home == null ? null : Path.of(home, "testdata", "library");
    boolean real = library != null && Files.isDirectory(library);
    Path top = Files.createTempDirectory("ferry-demo-");
    DemoFolders folders =
        new DemoFolders(top, real ? "Ferry's small library" : "three small files");
    try {
      Files.createDirectory(folders.local());
      if (real) {
        PathUtils.copyDirectory(
            library,
            folders.served(),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      } else {
        folders.inventLibrary();
      }
      folders.inventLarge();
      return folders;
    } catch (IOException | RuntimeException e) {
      folders.close();
      throw e;
    }
  }

  Path served() {
    return top.resolve("served");
  }

  Path local() {
    return top.resolve("here");
  }

  /** For people: what is served. */
  String what() {
    return what;
  }

  /** How many files of the library came back equal; -1 if one did not. */
  long compareLibrary() throws IOException {
    Path back = local().resolve("library");
    long equal = 0;
    try (Stream<Path> files = Files.walk(back)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path sent = served().resolve(back.relativize(file).toString());
        if (Files.mismatch(file, sent) != -1) {
          return -1;
        }
        equal++;
      }
    }
    return equal;
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[64 << 10];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void inventLibrary() throws IOException {
    Path folder = Files.createDirectories(served().resolve("harbours/上海"));
    for (String name : List.of("Rotterdam.txt", "Åbo.txt", "上海/洋山港.txt")) {
      Files.writeString(folder.getParent().resolve(name), "A harbour.\n");
    }
  }

  private void inventLarge() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    byte[] block = new byte[64 << 10];
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(local().resolve(LARGE)))) {
      for (int written = 0; written < LARGE_BYTES; written += block.length) {
        random.nextBytes(block);
        out.write(block);
      }
    }
  }

  /** Not with OVERRIDE_READ_ONLY, which would give the folder for temporary files other rights. */
  @Override
  public void close() throws IOException {
    PathUtils.deleteDirectory(top);
  }
}
