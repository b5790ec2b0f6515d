package dev.ferry.server.account;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ferry.protocol.Printable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of the server's own files, for its user only: identity, accounts, what tokens have
 * moved. docs/operations.md lists the files.
 *
 * <p>The file {@code version} says of which version it is. What is older is copied into a folder
 * {@code before-N} in it, N being the new version, and then brought up to date; what is newer is
 * refused.
 */
public final class StateFolder {
  /** What a new folder gets when it is made. */
  public static final FileAttribute<?> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** What a new file gets when it is made. */
  public static final FileAttribute<?> OWNERS_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** The version that this code knows. */
  static final int VERSION = 1;

  private static final String VERSION_FILE = "version";
  private static final Pattern VERSION_TEXT = Pattern.compile("[1-9][0-9]{0,5}\n");
  private static final String SERVER_LOCK = "lock";
  private static final String CHANGE_LOCK = "change.lock";
  private static final String BEFORE = "before-";

  /** What may be there before the identity is, if a process was killed early. */
  private static final Pattern OWN_NAMES =
      Pattern.compile(
          "change\\.lock|identity\\.pem\\..*|\\.(accounts|spent|version)\\.new|\\.before-1");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Folders from before there was a version hold this alone. */
  private static final String IDENTITY = "identity.pem";

  private final Path path;

  private StateFolder(Path path) {
    this.path = path;
  }

  /** Whether a folder is that of a server, as far as the names in it tell. */
  public static boolean isOne(Path folder) {
    return Files.exists(folder.resolve(VERSION_FILE)) && Files.exists(folder.resolve(CHANGE_LOCK));
  }

  /** Makes the names in a folder durable. */
  public static void flush(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /**
   * Makes it ready for use.
   *
   * @param folder made if missing, with its parents
   * @throws StateException if it cannot be used; what was in it is still there
   */
  public static StateFolder open(Path folder) throws StateException {
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(folder, OWNERS_FOLDER);
      }
    } catch (IOException e) {
      throw new StateException(folder, e);
    }
    return existing(folder);
  }

  /**
   * The same, but a missing folder is refused: for whoever only looks at what must be there.
   *
   * @throws StateException if it cannot be used
   */
  public static StateFolder existing(Path folder) throws StateException {
    StateFolder state = new StateFolder(folder.toAbsolutePath());
    try {
      state.refuseOthers();
      if (state.version() != VERSION) {
        state.upgrade();
      }
      return state;
    } catch (StateException e) {
      throw e;
    } catch (IOException e) {
      throw new StateException(folder, e);
    }
  }

  /** Absolute, as it was named. */
  public Path path() {
    return path;
  }

  Path file(String name) {
    return path.resolve(name);
  }

  StateFile accounts() {
    return new StateFile(file("accounts"), "accounts", Book.VERSION);
  }

  StateFile spent() {
    return new StateFile(file("spent"), "spent", Spent.VERSION);
  }

  /**
   * Makes this process the server of the folder, until what it returns is closed.
   *
   * @throws StateException if there is one already
   */
  public AutoCloseable serve() throws StateException {
    try {
      FileGuard guard = FileGuard.take(file(SERVER_LOCK), Duration.ZERO);
      if (guard == null) {
        throw new StateException(
            "another ferryd serves with the state folder %s: each server needs a --state of its own"
                .formatted(path));
      }
      return guard;
    } catch (StateException e) {
      throw e;
    } catch (IOException e) {
      throw new StateException(file(SERVER_LOCK), e);
    }
  }

  /** Keeps all others from changing anything until it is closed. Waits for them, but not long. */
  FileGuard change() throws IOException {
    FileGuard guard = FileGuard.take(file(CHANGE_LOCK), PATIENCE);
    if (guard == null) {
      throw new StateException(
          "another ferryd has been changing %s for %d s: try again, or end it"
              .formatted(path, PATIENCE.toSeconds()));
    }
    return guard;
  }

  private void refuseOthers() throws IOException {
    PosixFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, PosixFileAttributes.class);
    } catch (NoSuchFileException _) {
      throw new StateException(
          "there is no state folder %s: say --state, or begin with ferryd serve or ferryd user add"
              .formatted(path));
    }
    if (!attributes.isDirectory()) {
      throw new StateException("the state folder %s is not a folder".formatted(path));
    }
    Ownership.refuseOthers(path, attributes, "700");
  }

  // ---- versions

  /** What it says; 0 if it says nothing. */
  private int version() throws IOException {
    Path file = file(VERSION_FILE);
    String text;
    try {
      text = Files.readString(file, US_ASCII);
    } catch (NoSuchFileException _) {
      return 0;
    } catch (CharacterCodingException _) {
      text = "";
    }
    if (!VERSION_TEXT.matcher(text).matches()) {
      throw new StateException(
          "%s is damaged: it has to be one number; bring it back from a backup".formatted(file));
    }
    int version = Integer.parseInt(text.strip());
    if (version > VERSION) {
      throw new StateException(
          "the state folder %s is of version %d, and this ferryd knows version %d: use a newer one,"
                  .formatted(path, version, VERSION)
              + " or another --state");
    }
    return version;
  }

  /** Every step may be cut short, and is done again then. */
  private void upgrade() throws IOException {
    try (FileGuard _ = change()) {
      if (version() == VERSION) {
        return; // Another process was faster.
      }
      refuseForeign();
      keepBefore();
      if (!Files.exists(accounts().path())) {
        accounts().write(new Book().lines());
      }
      if (!Files.exists(spent().path())) {
        spent().write(List.of());
      }
      StateFile.replace(file(VERSION_FILE), (VERSION + "\n").getBytes(US_ASCII));
    }
  }

  /** A folder that is somebody's own is not made the server's because of a slip. */
  private void refuseForeign() throws IOException {
    if (Files.exists(file(IDENTITY)) || Files.exists(accounts().path())) {
      return;
    }
    try (Stream<Path> files = Files.list(path)) {
      for (Path name : files.map(Path::getFileName).toList()) {
        if (!OWN_NAMES.matcher(name.toString()).matches()) {
          throw new StateException(
              "%s is no state folder: it holds %s; choose an empty or a new one"
                  .formatted(path, Printable.text(name.toString())));
        }
      }
    }
  }

  private void keepBefore() throws IOException {
    Path kept = file(BEFORE + VERSION);
    List<Path> old =
        Stream.of(file(IDENTITY), accounts().path(), spent().path())
            .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
            .toList();
    if (old.isEmpty() || Files.exists(kept)) {
      return;
    }
    Path fresh = file("." + BEFORE + VERSION);
    if (!Files.exists(fresh)) {
      Files.createDirectory(fresh, OWNERS_FOLDER);
    }
    for (Path file : old) {
      StateFile.replace(fresh.resolve(file.getFileName()), Files.readAllBytes(file));
    }
    Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
    flush(path);
  }
}
