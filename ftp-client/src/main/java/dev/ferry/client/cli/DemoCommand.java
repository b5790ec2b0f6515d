package dev.ferry.client.cli;

import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.FerryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

@picocli.CommandLine.Command(
    name = "demo",
    description = {
      "Show what Ferry does, with a server of its own.",
      "The server runs in this process over a copy of a small library. On a terminal the shell"
          + " follows."
    })
final class DemoCommand extends Command {
  private final FerryCommand ferry;

  DemoCommand(CommandContext context, FerryCommand ferry) {
    super(context);
    this.ferry = ferry;
  }

  @Override
  ExitCode run() throws IOException {
    try (DemoFolders folders = DemoFolders.make();
        FerryServer server = FerryServer.serving(folders.served()).anonymous(Role.WRITER).start()) {
      String url = "ferry://" + server.endpoint();
      context.inherit(CommonOptions.forServer(server.fingerprint()));
      ExitCode code = show(folders, url);
      if (code != ExitCode.OK || !context.io().facts().inIsTerminal()) {
        return code;
      }
      say("The server goes on while you look around; it ends when you leave.");
      context.io().out().flush();
      return ferry.shell(url + "/", folders.local(), CommonOptions.forServer(server.fingerprint()));
    }
  }

  private ExitCode show(DemoFolders folders, String url) throws IOException {
    context.localFolder(folders.local());
    say("A server runs at " + url + " over a copy of " + folders.what() + ".");
    List<List<String>> commands =
        List.of(
            List.of("ls", "-l", url + "/"),
            List.of("get", "-r", url + "/", "library"),
            List.of("put", DemoFolders.LARGE, url + "/"),
            List.of("stat", url + "/" + DemoFolders.LARGE),
            List.of("get", url + "/" + DemoFolders.LARGE, "back.bin"),
            List.of("sum", url + "/" + DemoFolders.LARGE));
    for (List<String> command : commands) {
      ExitCode code = type(command);
      if (code != ExitCode.OK) {
        return code;
      }
    }
    return compare(folders);
  }

  private ExitCode type(List<String> command) throws IOException {
    say("");
    say("$ ferry " + String.join(" ", command.stream().map(ShellWords::quote).toList()));
    context.io().out().flush();
    String[] words = command.toArray(String[]::new);
    return ExitCode.of(Commands.oneShot(context, ferry, words).execute(words));
  }

  private ExitCode compare(DemoFolders folders) throws IOException {
    Path back = folders.local().resolve("back.bin");
    String sum = DemoFolders.sha256(back);
    say(sum + "  back.bin, as it came back");
    boolean large = sum.equals(DemoFolders.sha256(folders.local().resolve(DemoFolders.LARGE)));
    long compared = folders.compareLibrary();
    say("");
    if (!large || compared < 0) {
      context.messages().note("what came back differs from what was sent");
      return ExitCode.CONTENT;
    }
    say(
        "%s compared byte by byte: all came as they were sent."
            .formatted(Words.count(compared, "file")));
    return ExitCode.OK;
  }

  private void say(String line) throws OutputException {
    context.io().out().line(line);
  }
}
