package dev.ferry.client.cli;

import dev.ferry.client.Durability;
import dev.ferry.transfer.tls.KeyFingerprint;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What every command understands. In the shell, what was not given is inherited from its start. */
public final class CommonOptions {
  private static final int RETRIES = 5;

  @Option(names = "--plaintext", description = "Talk to the server without encryption.")
  private boolean plaintext;

  @Option(names = "--accept-new", description = "Trust a server that is not known yet.")
  private boolean acceptNew;

  @Option(
      names = "--fingerprint",
      paramLabel = "SHA256:…",
      converter = Fingerprint.class,
      description = "Talk to the server with this fingerprint, and to no other.")
  private KeyFingerprint fingerprint;

  @Option(
      names = "--password-stdin",
      description = "Read the password of the URL's user from standard input, one line.")
  private boolean passwordStdin;

  @Option(
      names = {"-i", "--identity"},
      paramLabel = "FILE",
      description = "Log in with this private key, and with nothing else.")
  private String identity;

  @Option(
      names = "--retries",
      paramLabel = "N",
      converter = Count.class,
      description = "Tries after a lost connection; 5 if not given.")
  private Integer retries;

  @Option(
      names = "--durability",
      paramLabel = "file|batch|none",
      description = "What must be on disk before a file counts as done; batch if not given.")
  private Durability durability;

  @Option(names = "--json", description = "Print one JSON object per item, then a summary.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing but results and failures.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say more.")
  private boolean verbose;

  @Option(names = "--help", usageHelp = true, description = "Print this.")
  @SuppressWarnings("UnusedVariable") // The parser itself acts on it.
  private boolean help;

  /** Reads a number that is not negative. */
  private static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[0-9]{1,9}")) {
        throw new TypeConversionException("'" + text + "' is no number from 0");
      }
      return Integer.valueOf(text);
    }
  }

  /** Reads {@code SHA256:…}. */
  static final class Fingerprint implements ITypeConverter<KeyFingerprint> {
    @Override
    public KeyFingerprint convert(String text) {
      try {
        return new KeyFingerprint(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  public boolean plaintext() {
    return plaintext;
  }

  /** Whether a server that is not known yet is trusted. */
  public boolean acceptNew() {
    return acceptNew;
  }

  /** The one server to talk to; null: those that are known. */
  public KeyFingerprint fingerprint() {
    return fingerprint;
  }

  /** Whether standard input has a password. */
  boolean passwordStdin() {
    return passwordStdin;
  }

  /** The private key to log in with; null: whatever there is. */
  Path identity() {
    return identity == null ? null : Path.of(identity);
  }

  /** Says what folder a relative path is seen from. */
  void resolve(Path folder) throws UsageException {
    if (identity != null) {
      identity = LocalPath.of(folder, identity).path().toString();
    }
  }

  public int retries() {
    return retries == null ? RETRIES : retries;
  }

  public Durability durability() {
    return durability == null ? Durability.BATCH : durability;
  }

  public boolean json() {
    return json;
  }

  public boolean quiet() {
    return quiet;
  }

  public boolean verbose() {
    return verbose;
  }

  /** Nothing but {@code --fingerprint}. */
  static CommonOptions forServer(KeyFingerprint known) {
    CommonOptions options = new CommonOptions();
    options.fingerprint = known;
    return options;
  }

  /** These, and what they leave open from others. */
  CommonOptions over(CommonOptions others) {
    CommonOptions both = new CommonOptions();
    both.plaintext = plaintext || others.plaintext;
    both.acceptNew = acceptNew || others.acceptNew;
    both.fingerprint = fingerprint == null ? others.fingerprint : fingerprint;
    both.passwordStdin = passwordStdin || others.passwordStdin;
    both.identity = identity == null ? others.identity : identity;
    both.retries = retries == null ? others.retries : retries;
    both.durability = durability == null ? others.durability : durability;
    both.json = json || others.json;
    both.quiet = quiet || others.quiet;
    both.verbose = verbose || others.verbose;
    return both;
  }
}
