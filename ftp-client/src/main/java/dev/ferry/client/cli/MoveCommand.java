package dev.ferry.client.cli;

import dev.ferry.client.RemotePath;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "mv",
    description = {
      "Rename a file or folder, or move it.",
      "TO with a slash at its end is the folder it moves into. Nothing is ever replaced."
    })
final class MoveCommand extends ItemCommand {
  @Parameters(index = "0", paramLabel = "FROM", description = "What to move.")
  private String from;

  @Parameters(index = "1", paramLabel = "TO", description = "Its new path; it must not exist.")
  private String to;

  MoveCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run(Items items) throws IOException {
    Target target = context.target(to);
    if (context.target(from).server() != target.server()) {
      throw new UsageException("both paths of mv lie on one server; use get and put between two");
    }
    if (target.path().pattern()) {
      throw new UsageException("the new name is no pattern; quote its signs");
    }
    forEach(
        List.of(from),
        items,
        (server, path) -> {
          TreePath there = there(path, target.path());
          try {
            server.call(
                client -> {
                  client.rename(path, there);
                  return there;
                });
          } catch (RefusedException e) {
            throw Failure.worded(e, ErrorCode.EXISTS, there + " exists already");
          }
        });
  }

  private static TreePath there(TreePath path, RemotePath target) throws IOException {
    return target.folder() ? target.path().child(path.name()) : target.path();
  }
}
