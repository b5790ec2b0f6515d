package dev.ferry.server;

import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.transfer.link.LinkTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Servers for tests: a free port, short times, and a log to look at. */
final class ServerFixture {
  /** Times under which nothing happens by itself in a test, but closing is quick. */
  static final ServerTimes PATIENT =
      new ServerTimes(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ZERO,
          Duration.ofSeconds(30),
          Duration.ofMillis(300),
          new LinkTimes(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(30)));

  final List<String> log = new CopyOnWriteArrayList<>();

  ServerBuilder on(Path root) {
    return FerryServer.serving(root)
        .anonymous(Role.WRITER)
        .plaintext(true)
        .durability(Durability.NONE)
        .drain(Duration.ofSeconds(5))
        .times(PATIENT)
        .log(log::add);
  }

  /** The lines of this event. */
  List<String> lines(String event) {
    return log.stream().filter(line -> line.contains(" event=" + event + " ")).toList();
  }

  /** The same times but for these three, in milliseconds. */
  static ServerTimes times(long login, long idle, long turn) {
    return new ServerTimes(
        Duration.ofMillis(login),
        Duration.ofMillis(idle),
        PATIENT.session(),
        Duration.ofMillis(turn),
        PATIENT.farewell(),
        PATIENT.link());
  }
}
