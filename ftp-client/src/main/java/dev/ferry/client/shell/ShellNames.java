package dev.ferry.client.shell;

import dev.ferry.client.Remote;
import dev.ferry.client.cli.CommandContext;
import dev.ferry.protocol.TreePath;
import java.nio.file.Path;
import java.util.List;

/** Names for completion, from where the shell stands at the moment. Used by the shell's thread. */
final class ShellNames implements PathCompleter.Places, AutoCloseable {
  private final CommandContext context;
  private Remote server;
  private RemoteNames names;

  ShellNames(CommandContext context) {
    this.context = context;
  }

  @Override
  public TreePath remoteFolder() {
    return context.folder();
  }

  @Override
  public Path localFolder() {
    return context.localFolder();
  }

  @Override
  public List<Named> remote(TreePath folder) {
    Remote current = context.current();
    if (current == null) {
      return List.of();
    }
    if (current != server) {
      close();
      server = current;
      names =
          new RemoteNames(new ServerNames(current.endpoint(), current::options), System::nanoTime);
    }
    return names.in(folder);
  }

  @Override
  public List<Named> local(Path folder) {
    return LocalNames.in(folder);
  }

  /** Something may have changed on the other side. */
  void forget() {
    if (names != null) {
      names.forget();
    }
  }

  @Override
  public void close() {
    if (names != null) {
      names.close();
      names = null;
      server = null;
    }
  }
}
