package dev.ferry.server.cli;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.RefusedException;
import dev.ferry.server.RunningServer;
import dev.ferry.server.account.Sessions.SessionInfo;
import dev.ferry.server.audit.AuditEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ferryd sessions}: who is logged in at the server that runs. */
@Command(
    name = "sessions",
    description = "Lists who is logged in at the running server, and ends a session.",
    mixinStandardHelpOptions = true,
    versionProvider = ServerVersion.class,
    footer = {
      "",
      "  ferryd sessions               IN and OUT are bytes from and to the client",
      "  ferryd sessions --json        one object a line",
      "  ferryd sessions end k3j5h2a1  whatever it does",
      "",
      "Exit code 3: no server runs with this state folder. 5: there is no such session."
    })
final class SessionsCommand implements Callable<Integer> {
  private static final List<String> HEAD =
      List.of("ID", "USER", "ROLE", "FROM", "SINCE", "DOING", "IN", "OUT");

  @Spec CommandSpec spec;
  @Mixin StateOption state;

  @Option(names = "--json", description = "Print one JSON object a line.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    List<SessionInfo> sessions = RunningServer.of(state.existing()).sessions();
    PrintWriter out = spec.commandLine().getOut();
    (json ? sessions.stream().map(SessionsCommand::object).toList() : table(sessions))
        .forEach(out::println);
    out.flush();
    return ExitCodes.OK;
  }

  /** A session less. */
  @Command(
      name = "end",
      description =
          "Ends a session, whatever it does. Its client may log in again: see ferryd user lock.",
      mixinStandardHelpOptions = true)
  int end(
      @Parameters(paramLabel = "ID", description = "As ferryd sessions and the log name it.")
          String id,
      @Mixin StateOption own)
      throws IOException {
    StateOption here = own.folder == null ? state : own;
    RunningServer server = RunningServer.of(here.existing());
    if (server.sessions().stream().noneMatch(session -> session.id().equals(id))) {
      throw new RefusedException(
          ErrorCode.NOT_FOUND,
          "there is no session %s; see: ferryd sessions".formatted(Printable.text(id)));
    }
    here.record(AuditEvent.of("session-end").with("conn", id));
    server.end(id);
    return ExitCodes.OK;
  }

  private static String object(SessionInfo one) {
    return "{\"id\":%s,\"user\":%s,\"role\":\"%s\",\"from\":%s,\"since\":\"%s\",\"doing\":%s,\"received\":%d,\"sent\":%d}"
        .formatted(
            Printable.json(one.id()),
            Printable.json(one.user()),
            role(one),
            Printable.json(one.peer()),
            one.since(),
            Printable.json(one.doing()),
            one.received(),
            one.sent());
  }

  private static List<String> table(List<SessionInfo> sessions) {
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    for (SessionInfo one : sessions) {
      rows.add(
          List.of(
              one.id(),
              one.user(),
              role(one),
              one.peer(),
              one.since().truncatedTo(ChronoUnit.SECONDS).toString(),
              one.doing(),
              "%,d".formatted(one.received()),
              "%,d".formatted(one.sent())));
    }
    return rows.stream().map(row -> line(row, rows)).toList();
  }

  private static String line(List<String> row, List<List<String>> rows) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      int at = column;
      int width = rows.stream().mapToInt(other -> other.get(at).length()).max().orElse(0);
      line.append(row.get(column)).repeat(" ", width - row.get(column).length() + 2);
    }
    return Printable.text(line.toString().stripTrailing());
  }

  private static String role(SessionInfo one) {
    return one.role().name().toLowerCase(Locale.ROOT);
  }
}
