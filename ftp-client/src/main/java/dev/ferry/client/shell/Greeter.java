package dev.ferry.client.shell;

import dev.ferry.client.Remote;
import dev.ferry.client.Role;
import dev.ferry.client.cli.CommandContext;
import dev.ferry.client.cli.ConfigFolder;
import dev.ferry.client.cli.ShellWords;
import dev.ferry.client.cli.Width;
import dev.ferry.protocol.Printable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds out what to say when a shell opens, and how much of it. */
final class Greeter {
  private static final int STARTS_AS_A_BEGINNER = 3;
  private static final int LONGEST_EXAMPLE = 24;
  private static final Pattern TEXT = Pattern.compile("\\.(txt|md|csv|log|json|xml|java)$");

  private final CommandContext context;
  private final ShellNames names;

  Greeter(CommandContext context, ShellNames names) {
    this.context = context;
    this.names = names;
  }

  /** The lines, at most twelve, without control characters. */
  List<String> lines() {
    int starts = StartCount.next(ConfigFolder.file(context.environment(), "starts"));
    Remote server = context.current();
    Welcome.Place place =
        server == null
            ? null
            : new Welcome.Place(
                Prompt.server(server.endpoint()), role(server), context.folder().toString());
    if (starts > STARTS_AS_A_BEGINNER) {
      return List.of(Welcome.brief(place));
    }
    if (place == null) {
      return Welcome.unconnected();
    }
    List<Named> remote = names.remote(context.folder());
    return Welcome.lines(
        place,
        new Welcome.Names(
            example(remote, true),
            example(remote, false),
            example(
                remote.stream().filter(name -> TEXT.matcher(name.text()).find()).toList(), false),
            example(names.local(context.localFolder()), false)),
        server.role() != Role.READER);
  }

  private static String role(Remote server) {
    return server.role() == null ? "somebody" : server.role().name().toLowerCase(Locale.ROOT);
  }

  /** The plainest name that is short and not hidden, as one would type it. */
  private static String example(List<Named> from, boolean folder) {
    return from.stream()
        .filter(name -> name.folder() == folder && !name.text().startsWith("."))
        .map(Named::text)
        .filter(text -> Printable.text(text).equals(text) && Width.of(text) <= LONGEST_EXAMPLE)
        .map(ShellWords::quote)
        .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .orElse(null);
  }
}
