package dev.ferry.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The file of a Unix-domain socket that listens.
 *
 * @param identity tells whether the file under the name is still this one
 */
record SocketFile(ServerSocketChannel channel, Path path, Object identity) {
  private static final int TYPE_MASK = 0170000;
  private static final int SOCKET = 0140000;

  /** What the address of a Unix socket has room for, in bytes. */
  private static final int LONGEST_PATH = 107;

  /**
   * Listens on a socket that only this user can connect to, from its first moment: it is bound in a
   * folder of its own that is closed to others, and moved to its place when its permissions are
   * right.
   *
   * @param path a socket that is left there and that nobody listens on is replaced
   */
  static SocketFile bind(Path path, int backlog) throws IOException {
    if (!hasRoomFor(path)) {
      throw new IOException("the path of a Unix socket has at most " + LONGEST_PATH + " bytes");
    }
    removeStale(path);
    String name = "." + Integer.toString(ThreadLocalRandom.current().nextInt(1 << 20), 36);
    Path folder =
        Files.createDirectory(
            path.toAbsolutePath().resolveSibling(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path hidden = folder.resolve("s");
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(hidden), backlog);
      Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rw-------"));
      Object identity = identity(hidden);
      Files.move(hidden, path);
      return new SocketFile(channel, path, identity);
    } catch (IOException e) {
      channel.close();
      throw e;
    } finally {
      Files.deleteIfExists(hidden);
      Files.delete(folder);
    }
  }

  /** Whether the address of a socket can name it. */
  static boolean hasRoomFor(Path path) {
    return path.toString().getBytes(UTF_8).length <= LONGEST_PATH;
  }

  /** Removes the file, unless something else stands there by now. */
  void remove() throws IOException {
    try {
      if (Objects.equals(identity, identity(path))) {
        Files.delete(path);
      }
    } catch (NoSuchFileException _) {
      // Somebody removed it before.
    }
  }

  private static void removeStale(Path path) throws IOException {
    int mode;
    try {
      mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException _) {
      return;
    }
    if ((mode & TYPE_MASK) != SOCKET) {
      throw new IOException("something that is no socket is in the way");
    }
    try {
      SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
      throw new BindException("another server listens there");
    } catch (ConnectException _) {
      Files.delete(path);
    }
  }

  private static Object identity(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }
}
