package dev.ferry.client.cli;

import dev.ferry.client.FerryUrl;
import dev.ferry.client.FileKind;
import dev.ferry.client.Remote;
import dev.ferry.client.RemoteFile;
import dev.ferry.client.RemotePath;
import dev.ferry.protocol.Glob;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.login.Credential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * What commands share while a program runs: streams, the options in force, the open server and the
 * folders on both sides, and how arguments are read.
 *
 * <p>One thread runs commands; {@link #cancel()} may be called from any other.
 */
public final class CommandContext implements AutoCloseable {
  private final Stdio io;
  private final Map<String, String> environment;
  private final Messages messages;
  private final Servers servers;
  private final GivenPassword password = new GivenPassword(this);
  private final boolean shell;
  private CommonOptions inherited = new CommonOptions();
  private CommonOptions options = inherited;
  private Remote current;
  private TreePath folder = TreePath.ROOT;
  private Path localFolder;
  private boolean leaving;
  private Asker asker;

  private CommandContext(Surroundings surroundings, boolean shell) {
    io = surroundings.io();
    environment = surroundings.environment();
    localFolder = surroundings.folder();
    this.shell = shell;
    asker = new TerminalAsker(io);
    messages = new Messages(this);
    servers = new Servers(this);
  }

  /**
   * What a program starts with.
   *
   * @param folder the current local folder, absolute
   */
  public record Surroundings(Stdio io, Map<String, String> environment, Path folder) {}

  /** For one command, whose arguments are local paths and URLs as the system's shell left them. */
  public static CommandContext oneShot(Surroundings surroundings) {
    return new CommandContext(surroundings, false);
  }

  /** For a run of commands, whose arguments are words of {@link ShellWords}. */
  public static CommandContext shell(Surroundings surroundings, CommonOptions options) {
    CommandContext context = new CommandContext(surroundings, true);
    context.inherit(options);
    return context;
  }

  // ---- what commands ask for

  public Stdio io() {
    return io;
  }

  /** The options of the running command, with what they leave open from the program's. */
  public CommonOptions options() {
    return options;
  }

  public Messages messages() {
    return messages;
  }

  public Map<String, String> environment() {
    return environment;
  }

  public boolean isShell() {
    return shell;
  }

  /** What commands leave open they take from here. */
  void inherit(CommonOptions given) {
    inherited = given;
    options = given;
  }

  /** Sets the options of the command that begins. */
  void begin(CommonOptions given) throws UsageException {
    given.resolve(localFolder);
    options = given.over(inherited);
  }

  /** The password that was given, if one was. */
  GivenPassword password() {
    return password;
  }

  // ---- the local side

  /** The current local folder, absolute. */
  public Path localFolder() {
    return localFolder;
  }

  void localFolder(Path folder) {
    localFolder = folder;
  }

  /** The one local path that an argument stands for. */
  LocalPath local(String argument) throws UsageException {
    return LocalPath.of(localFolder, plain(argument));
  }

  /** The local paths that an argument stands for; the system's shell has expanded its own. */
  List<LocalPath> locals(String argument) throws IOException {
    return shell ? LocalPath.expand(localFolder, argument) : List.of(local(argument));
  }

  /** The text of an argument that is no pattern, without the marks of its quoting. */
  String plain(String argument) throws UsageException {
    if (!shell) {
      return argument;
    }
    if (Glob.isPattern(argument)) {
      throw new UsageException("one path is needed here, and no pattern; quote its signs");
    }
    return Glob.unescape(argument);
  }

  // ---- the remote side

  /** The open server, or null. It connects, and connects again, when it is used. */
  public Remote current() {
    return current;
  }

  /** The current remote folder. */
  public TreePath folder() {
    return folder;
  }

  /**
   * The same, for a command that needs one.
   *
   * @throws UsageException if no server is open
   */
  TreePath openFolder() throws UsageException {
    if (current == null) {
      throw new UsageException("no server is open; open one with: open ferry://host:9021/");
    }
    return folder;
  }

  /**
   * Reads an argument: a URL, or in the shell also a path, seen from the current remote folder.
   *
   * @throws UsageException if it is neither, or no server is open
   */
  public Target target(String argument) throws IOException {
    if (FerryUrl.isUrl(argument)) {
      FerryUrl url = FerryUrl.parse(url(argument));
      return new Target(servers.server(url), url.path());
    }
    if (!shell) {
      throw new UsageException(
          "'%s' is no URL; on the server's side one looks like ferry://host:9021/path"
              .formatted(argument));
    }
    if (argument.isEmpty()) {
      throw new UsageException("an empty text is no path");
    }
    return new Target(current, RemotePath.parse(openFolder(), argument));
  }

  /** A server, for something that is not done twice. The caller closes it. */
  Remote once(FerryUrl url, Credential credential) throws UsageException {
    return servers.once(url, credential);
  }

  /** Decides whether a server is trusted if there is a person, who may type a secret for it. */
  void meet(FerryUrl url) throws IOException {
    if (mayAsk()) {
      servers.meet(url);
    }
  }

  /** Where all of the arguments lead. */
  public List<Target> targets(List<String> arguments) throws IOException {
    List<Target> targets = new ArrayList<>();
    for (String argument : arguments) {
      targets.add(target(argument));
    }
    return targets;
  }

  /** The text of a URL as FerryUrl reads it: only the star needs to know that it was quoted. */
  String url(String argument) {
    if (!shell) {
      return argument;
    }
    StringBuilder url = new StringBuilder();
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      if (c == '\\' && i + 1 < argument.length()) {
        c = argument.charAt(++i);
        url.append(c == '*' ? "%2A" : String.valueOf(c));
      } else {
        url.append(c);
      }
    }
    return url.toString();
  }

  /**
   * Opens a server and enters a folder there, instead of the one that was open.
   *
   * @throws dev.ferry.protocol.RefusedException if the URL names no folder
   */
  public void open(FerryUrl url) throws IOException {
    Remote server = servers.server(url);
    TreePath path = url.path().path();
    enter(server, path);
    if (current != null && current != server) {
      current.close();
    }
    current = server;
  }

  /** Makes a folder of this server the current one, after asking whether it is one. */
  void enter(Remote server, TreePath path) throws IOException {
    try {
      RemoteFile found = server.call(client -> client.stat(path));
      if (found.kind() != FileKind.FOLDER) {
        throw Failure.notAFolder();
      }
    } catch (RefusedException e) {
      throw Failure.at(path.toString(), e);
    }
    folder = path;
  }

  /** Closes the open server. */
  void closeCurrent() {
    if (current != null) {
      servers.forget(current);
      current = null;
      folder = TreePath.ROOT;
    }
  }

  // ---- running

  /** Shows a job to the person, if there is one to see it. */
  Progress newProgress() {
    if (!io.facts().errIsTerminal() || options.quiet()) {
      return Progress.NONE;
    }
    return ServiceLoader.load(ProgressFactory.class)
        .findFirst()
        .map(factory -> factory.create(io))
        .orElse(Progress.NONE);
  }

  /** Who reads from the terminal while a shell runs. */
  public void askBy(Asker reader) {
    asker = reader;
  }

  /** What the person says, or null: without a terminal nobody is asked. */
  String ask(String question) throws IOException {
    return mayAsk() ? messages.around(() -> asker.ask(question)) : null;
  }

  /** The same for a secret; the caller overwrites it. */
  char[] askSecret(String question) throws IOException {
    return mayAsk() ? messages.around(() -> asker.askSecret(question)) : null;
  }

  /** Whether there is a person to be asked. */
  boolean mayAsk() {
    return io.facts().inIsTerminal() && io.facts().errIsTerminal();
  }

  /** Cancels the running command; from any thread. */
  public void cancel() {
    servers.cancel();
  }

  /** Whether {@code quit} was called. */
  public boolean isLeaving() {
    return leaving;
  }

  void leave() {
    leaving = true;
  }

  @Override
  public void close() {
    servers.close();
  }
}
