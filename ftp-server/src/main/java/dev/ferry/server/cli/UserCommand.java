package dev.ferry.server.cli;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.account.Account;
import dev.ferry.server.account.Account.Access;
import dev.ferry.server.account.StateException;
import dev.ferry.server.audit.AuditEvent;
import dev.ferry.transfer.login.PublicKey;
import dev.ferry.transfer.login.Scram;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ferryd user}: who may log in. A running server goes by it at once. */
@Command(
    name = "user",
    description = "Adds, changes and removes those who may log in, also while the server runs.",
    mixinStandardHelpOptions = true,
    versionProvider = ServerVersion.class)
final class UserCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what shall be done? Try: ferryd user --help");
  }

  /** A new account. */
  @Command(name = "add", description = "Adds a user.", mixinStandardHelpOptions = true)
  int add(
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "reader|writer|admin",
              converter = Converters.AccountRole.class,
              description = "reader lists and gets, writer also changes.")
          Role role,
      @Option(
              names = "--home",
              paramLabel = "PATH",
              defaultValue = "/",
              description = "The folder that is / for this user, made if missing.")
          String home,
      @Mixin Secrets secrets,
      @Mixin StateOption state)
      throws IOException {
    List<PublicKey> keys = secrets.keys(spec);
    Scram.Verifier password =
        secrets.password || keys.isEmpty()
            ? PasswordPrompt.read(spec.commandLine(), secrets.password)
            : null;
    Account account = account(name, new Access(role, path(home), false), password, keys);
    state.begin(
        AuditEvent.of("user-add")
            .with("user", name)
            .with("role", word(role))
            .with("home", home)
            .with("password", password != null)
            .with("keys", keys.size()),
        accounts -> accounts.add(account));
    say("%s may log in as %s".formatted(name, word(role)));
    return ExitCodes.OK;
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /** What a new user logs in with. */
  static final class Secrets {
    @Option(
        names = "--password-stdin",
        description = "Read the password from a line of standard input.")
    boolean password;

    @Option(
        names = "--key",
        paramLabel = "FILE",
        description = "An Ed25519 public key, as OpenSSH writes it. May be given again.")
    List<Path> files = List.of();

    List<PublicKey> keys(CommandSpec spec) throws IOException {
      List<PublicKey> keys = new ArrayList<>();
      for (Path file : files) {
        keys.add(key(spec, file));
      }
      return keys;
    }
  }

  private Account account(
      String name, Access access, Scram.Verifier password, List<PublicKey> keys) {
    try {
      return new Account(name, access, password, keys);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private TreePath path(String text) {
    try {
      return Converters.folder(text);
    } catch (TypeConversionException e) {
      throw new ParameterException(spec.commandLine(), "--home: " + e.getMessage());
    }
  }

  private static PublicKey key(CommandSpec spec, Path file) throws IOException {
    try {
      return PublicKey.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "%s: %s".formatted(file, e.getMessage()));
    } catch (IOException e) {
      throw new IOException(
          "cannot read the key %s: %s".formatted(file, StateException.reason(e, file)), e);
    }
  }

  /** All accounts. */
  @Command(name = "list", description = "Lists the users.", mixinStandardHelpOptions = true)
  int list(@Mixin StateOption state) throws IOException {
    for (Account user : state.accounts().users()) {
      say(
          "%s  %s  %s  %s%s%s"
              .formatted(
                  user.name(),
                  word(user.access().role()),
                  user.access().home(),
                  user.password() == null ? "no password" : "password",
                  user.keys().isEmpty() ? "" : ", keys: " + user.keys().size(),
                  user.access().locked() ? ", locked" : ""));
    }
    return ExitCodes.OK;
  }

  /** A code that makes an account, once. */
  @Command(
      name = "invite",
      description = "Prints a code that makes one account with: ferry register",
      mixinStandardHelpOptions = true)
  int invite(
      @Option(
              names = "--role",
              paramLabel = "reader|writer|admin",
              defaultValue = "reader",
              converter = Converters.AccountRole.class,
              description = "What the new account may do. Default: ${DEFAULT-VALUE}.")
          Role role,
      @Option(
              names = "--home",
              paramLabel = "PATH",
              defaultValue = "/",
              description = "The folder that is / for the new user.")
          String home,
      @Option(
              names = "--expires",
              paramLabel = "TIME",
              defaultValue = "7d",
              converter = Converters.Time.class,
              description = "How long it is good: 12h, 7d. Default: ${DEFAULT-VALUE}.")
          Duration time,
      @Mixin StateOption state)
      throws IOException {
    Instant until = Instant.now().plus(time);
    TreePath place = path(home);
    String code =
        state.begin(
            AuditEvent.of("user-invite")
                .with("role", word(role))
                .with("home", home)
                .with("until", until.toString()),
            accounts -> accounts.invite(role, place, until));
    say(code);
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        "ferryd: it is good at a server that runs with --registration invite (or open), and at no"
            + " other");
    err.flush();
    return ExitCodes.OK;
  }

  /** An account less. */
  @Command(
      name = "remove",
      description = "Removes a user, and ends the sessions there are.",
      mixinStandardHelpOptions = true)
  int remove(@Parameters(paramLabel = "NAME") String name, @Mixin StateOption state)
      throws IOException {
    state.change(
        AuditEvent.of("user-remove").with("user", name), accounts -> accounts.remove(name));
    return ExitCodes.OK;
  }

  /** Another password. */
  @Command(
      name = "passwd",
      description = "Sets the password, and ends the sessions that came with the old one.",
      mixinStandardHelpOptions = true)
  int passwd(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--password-stdin", description = "Read it from a line of standard input.")
          boolean fromInput,
      @Mixin StateOption state)
      throws IOException {
    state.accounts().user(name); // Nobody types a password for nothing.
    Scram.Verifier password = PasswordPrompt.read(spec.commandLine(), fromInput);
    state.change(
        AuditEvent.of("user-passwd").with("user", name),
        accounts -> accounts.change(name, user -> user.with(password)));
    return ExitCodes.OK;
  }

  /** Nobody logs in for the time being. */
  @Command(
      name = "lock",
      description = "Lets a user in no more, and ends the sessions there are.",
      mixinStandardHelpOptions = true)
  int lock(@Parameters(paramLabel = "NAME") String name, @Mixin StateOption state)
      throws IOException {
    return lock(name, true, state);
  }

  /** As before. */
  @Command(name = "unlock", description = "Lets a user in again.", mixinStandardHelpOptions = true)
  int unlock(@Parameters(paramLabel = "NAME") String name, @Mixin StateOption state)
      throws IOException {
    return lock(name, false, state);
  }

  private static int lock(String name, boolean locked, StateOption state) throws IOException {
    state.change(
        AuditEvent.of(locked ? "user-lock" : "user-unlock").with("user", name),
        accounts ->
            accounts.change(
                name,
                user -> user.with(new Access(user.access().role(), user.access().home(), locked))));
    return ExitCodes.OK;
  }

  /** Another role. */
  @Command(name = "role", description = "Sets the role.", mixinStandardHelpOptions = true)
  int role(
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "ROLE", converter = Converters.AccountRole.class) Role role,
      @Mixin StateOption state)
      throws IOException {
    state.change(
        AuditEvent.of("user-role").with("user", name).with("role", word(role)),
        accounts ->
            accounts.change(
                name,
                user -> user.with(new Access(role, user.access().home(), user.access().locked()))));
    return ExitCodes.OK;
  }

  /** A key more or less. */
  @Command(name = "key", description = "Adds or removes a key.", mixinStandardHelpOptions = true)
  int key(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--add", paramLabel = "FILE", description = "A public key of OpenSSH's.")
          Path added,
      @Option(names = "--remove", paramLabel = "FINGERPRINT", description = "As --add prints it.")
          String removed,
      @Mixin StateOption state)
      throws IOException {
    if ((added == null) == (removed == null)) {
      throw new ParameterException(spec.commandLine(), "say --add FILE or --remove FINGERPRINT");
    }
    PublicKey fresh = added == null ? null : key(spec, added);
    AuditEvent event =
        AuditEvent.of("user-key")
            .with("user", name)
            .with(
                fresh == null ? "removed" : "added", fresh == null ? removed : fresh.fingerprint());
    Account changed =
        state.change(
            event,
            accounts -> accounts.change(name, user -> user.with(keys(user, fresh, removed))));
    changed.keys().forEach(key -> say(key.fingerprint()));
    return ExitCodes.OK;
  }

  private static List<PublicKey> keys(Account user, PublicKey fresh, String removed)
      throws RefusedException {
    List<PublicKey> keys = new ArrayList<>(user.keys());
    boolean had = keys.removeIf(key -> key.equals(fresh) || key.fingerprint().equals(removed));
    if (fresh != null) {
      keys.add(fresh);
    } else if (!had) {
      throw noSuchKey(user, removed);
    }
    return keys;
  }

  private static RefusedException noSuchKey(Account user, String fingerprint) {
    String others =
        user.keys().stream().map(PublicKey::fingerprint).collect(Collectors.joining(", "));
    return new RefusedException(
        ErrorCode.NOT_FOUND,
        "user %s has no key %s%s"
            .formatted(
                user.name(),
                Printable.text(fingerprint),
                others.isEmpty() ? ", nor any other" : "; there is " + others));
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
