package dev.ferry.transfer.tls;

import io.netty.internal.tcnative.Library;
import io.netty.internal.tcnative.SSL;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The native library of BoringSSL: found, loaded once, or known to be missing. */
final class BoringLibrary {
  private static final String FOLDER = "META-INF/native";
  private static final String MISSING = load();

  private BoringLibrary() {}

  /** Why it cannot be used, or null. */
  static String missing() {
    return MISSING;
  }

  static String version() {
    return SSL.versionString();
  }

  @SuppressWarnings("restricted") // Native access is what this class is for.
  private static String load() {
    try {
      String name = name();
      if (name == null) {
        return "none for %s on %s"
            .formatted(System.getProperty("os.name"), System.getProperty("os.arch"));
      }
      Path unpacked =
          Path.of(SSL.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .resolveSibling(FOLDER)
              .resolve(name);
      if (Files.isReadable(unpacked)) {
        System.load(unpacked.toString());
      } else {
        unpackAndLoad(name);
      }
      Library.initialize("provided", null);
      return null;
    } catch (Exception | LinkageError e) {
      // Whatever it is, the JDK can do without.
      return String.valueOf(e.getMessage());
    }
  }

  private static String name() {
    String arch =
        switch (System.getProperty("os.arch")) {
          case "amd64" -> "x86_64";
          case "aarch64" -> "aarch_64";
          default -> null;
        };
    boolean linux = "Linux".equals(System.getProperty("os.name"));
    return linux && arch != null ? "libnetty_tcnative_linux_" + arch + ".so" : null;
  }

  /** From its jar, by way of a folder of ours that is gone when this returns. */
  @SuppressWarnings("restricted")
  private static void unpackAndLoad(String name) throws IOException, URISyntaxException {
    Path folder = Files.createTempDirectory("ferry-tls-");
    Path file = folder.resolve(name);
    try (InputStream in = SSL.class.getResourceAsStream("/" + FOLDER + "/" + name)) {
      if (in == null) {
        throw new IOException("it is not on the class path");
      }
      Files.copy(in, file);
      System.load(file.toString());
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }
}
