package dev.ferry.client.cli;

import static java.util.Comparator.comparing;

import dev.ferry.client.ListRequest;
import dev.ferry.client.Remote;
import dev.ferry.client.RemoteFile;
import dev.ferry.client.RemotePath;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A command that does something to several things, each of which may fail alone. */
abstract class ItemCommand extends Command {
  ItemCommand(CommandContext context) {
    super(context);
  }

  /** Does it, telling what becomes of each; what it throws ends the command. */
  abstract void run(Items items) throws IOException;

  @Override
  final ExitCode run() throws IOException {
    Items items = new Items(context, name());
    try {
      run(items);
    } catch (IOException e) {
      items.stopped(e);
    }
    return items.finish();
  }

  /** Something to do with one remote path. */
  interface Action {
    void run(Remote server, TreePath path) throws IOException;
  }

  /** Does the same with what each argument stands for, patterns included. */
  final void forEach(List<String> arguments, Items items, Action action) throws IOException {
    for (Target target : context.targets(arguments)) {
      try {
        for (TreePath path : paths(target)) {
          forOne(target.server(), path, items, action);
        }
      } catch (RefusedException e) {
        items.failed(target.path().toString(), e, target.server().lastRequest());
      }
    }
  }

  private static void forOne(Remote server, TreePath path, Items items, Action action)
      throws IOException {
    try {
      action.run(server, path);
      items.done(path.toString(), server.lastRequest());
    } catch (OutputException e) {
      throw e;
    } catch (IOException e) {
      items.failed(path.toString(), e, server.lastRequest());
    }
  }

  private static List<TreePath> paths(Target target) throws IOException {
    RemotePath path = target.path();
    if (!path.pattern()) {
      return List.of(path.path());
    }
    List<RemoteFile> found = new ArrayList<>();
    Kept kept = new Kept();
    target
        .server()
        .call(
            client -> {
              found.clear();
              kept.clear();
              return client.list(
                  new ListRequest(path, false, true),
                  file -> {
                    if (!kept.add(file)) {
                      throw new UsageException(
                          "%s matches too much for one command; use a narrower pattern"
                              .formatted(Printable.text(path.toString())));
                    }
                    found.add(file);
                  });
            });
    if (found.isEmpty()) {
      throw new RefusedException(ErrorCode.NOT_FOUND, "nothing matches");
    }
    return found.stream().map(RemoteFile::path).sorted(comparing(TreePath::toString)).toList();
  }
}
