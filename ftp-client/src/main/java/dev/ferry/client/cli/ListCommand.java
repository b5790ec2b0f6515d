package dev.ferry.client.cli;

import dev.ferry.client.FerryClient.Listed;
import dev.ferry.client.FileKind;
import dev.ferry.client.ListRequest;
import dev.ferry.client.RemoteFile;
import dev.ferry.client.RemotePath;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "ls",
    aliases = "list",
    description = "List folders, sorted by name; very long ones as they come.")
final class ListCommand extends ItemCommand {
  @Option(names = "-l", description = "One line each: kind, permissions, size, time, name.")
  private boolean details;

  @Option(
      names = {"-a", "--all"},
      description = "Also names that begin with a dot.")
  private boolean hidden;

  @Option(
      names = {"-R", "--recursive"},
      description = "Also what is below, folder by folder.")
  private boolean recursive;

  @Option(names = "-h", description = "With -l: sizes as people read them.")
  private boolean human;

  @Parameters(arity = "0..*", paramLabel = "URL", description = "What to list.")
  private List<String> paths;

  ListCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run(Items items) throws IOException {
    List<Target> targets = context.targets(paths == null ? List.of(".") : paths);
    ListPrinter printer = new ListPrinter(context, details, human, targets.size() > 1 || recursive);
    for (Target target : targets) {
      try {
        list(target, items, printer);
      } catch (RefusedException e) {
        items.failed(target.path().toString(), e, target.server().lastRequest());
      }
    }
  }

  private void list(Target target, Items items, ListPrinter printer) throws IOException {
    RemotePath path = target.path();
    Sections sections = new Sections(path.pattern() && !recursive);
    LongListing longer = new LongListing(context, target, items, printer);
    Kept kept = new Kept();
    Listed listed =
        longer.call(
            client -> {
              sections.clear();
              kept.clear();
              return client.list(
                  new ListRequest(path, recursive, hidden),
                  file -> {
                    if (kept.add(file)) {
                      sections.add(file);
                    } else {
                      longer.pass(sections, file);
                    }
                  });
            });
    if (!longer.begun()) {
      String id = target.server().lastRequest();
      TreePath base = base(target, sections);
      for (RemoteFile file : sections.files()) {
        items.listed(file, base.append(file.path()), id);
      }
      if (!context.options().json()) {
        printer.print(sections, base);
      }
    }
    notes(Printable.text(path.toString()), listed);
  }

  /** What the paths of the listing are relative to (spec 6.1). */
  private static TreePath base(Target target, Sections sections) throws IOException {
    if (target.path().pattern()) {
      return TreePath.ROOT;
    }
    TreePath path = target.path().path();
    if (path.isRoot() || !sections.isJust(path.name())) {
      return path;
    }
    // It is a file, or a folder with one item that has the folder's own name.
    boolean folder = target.server().call(client -> client.stat(path)).kind() == FileKind.FOLDER;
    return folder ? path : path.parent();
  }

  private void notes(String path, Listed listed) {
    if (listed.items() == 0) {
      context.messages().note(path + " is empty");
    }
    if (listed.unreadable() > 0) {
      context
          .messages()
          .note(
              "%s holds %s that cannot be shown: not UTF-8, or too long"
                  .formatted(path, Words.count(listed.unreadable(), "name")));
    }
  }
}
