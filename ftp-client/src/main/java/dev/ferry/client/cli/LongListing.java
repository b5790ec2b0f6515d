package dev.ferry.client.cli;

import dev.ferry.client.FerryClient.Listed;
import dev.ferry.client.Remote;
import dev.ferry.client.RemoteFile;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.link.ConnectionLostException;
import java.io.IOException;

/**
 * A listing too long to be kept and sorted: from the moment that is known, everything is printed as
 * it comes, one line each, with its whole path below what was asked for. What was printed cannot be
 * taken back, so after a lost connection it does not begin anew.
 */
final class LongListing {
  private final CommandContext context;
  private final Target target;
  private final Items items;
  private final ListPrinter printer;
  private TreePath base;
  private ConnectionLostException lost;

  LongListing(CommandContext context, Target target, Items items, ListPrinter printer) {
    this.context = context;
    this.target = target;
    this.items = items;
    this.printer = printer;
  }

  /** Whether anything was passed on. */
  boolean begun() {
    return base != null;
  }

  /** Makes the call that lists, again after a lost connection only if nothing was printed. */
  Listed call(Remote.Call<Listed> list) throws IOException {
    Listed listed =
        target
            .server()
            .call(
                client -> {
                  try {
                    return list.run(client);
                  } catch (ConnectionLostException e) {
                    if (!begun()) {
                      throw e;
                    }
                    lost = e;
                    return null;
                  }
                });
    if (lost != null) {
      throw lost;
    }
    return listed;
  }

  /** Prints a file; the first time what was kept goes before it. */
  void pass(Sections kept, RemoteFile file) throws IOException {
    if (!begun()) {
      base = target.path().pattern() ? TreePath.ROOT : target.path().path();
      context
          .messages()
          .note(
              "%s holds too much to be sorted; it is listed as it comes"
                  .formatted(Printable.text(target.path().toString())));
      for (RemoteFile earlier : kept.files()) {
        pass(earlier);
      }
      kept.clear();
    }
    pass(file);
  }

  private void pass(RemoteFile file) throws IOException {
    items.listed(file, base.append(file.path()), target.server().lastRequest());
    if (!context.options().json()) {
      printer.print(file);
    }
  }
}
