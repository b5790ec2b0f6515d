package dev.ferry.server;

import dev.ferry.server.audit.AuditEvent;
import dev.ferry.transfer.link.Endpoint;
import java.nio.file.Path;

/**
 * What both logs say about a server that starts.
 *
 * @param listen with the port that was taken
 * @param root the real path
 * @param encryption as {@link Encryption#name()} says it
 */
record Start(ServerBuilder asked, Endpoint listen, Path root, String encryption) {
  void log(EventLog log, String confinement) {
    log.info("start")
        .with("version", Version.NUMBER)
        .with("listen", listen.toString())
        .with("root", root.toString())
        .with("encryption", encryption)
        .with("confinement", confinement)
        .with("anonymous", anonymous())
        .with("registration", Words.of(asked.registration))
        .with("executor", asked.threads.toString())
        .with("durability", Words.of(asked.durability))
        .write();
    if (asked.plaintext && !listen.isPrivate()) {
      log.warn("plaintext")
          .with(
              "msg",
              "nothing is encrypted: whoever is on the way reads and changes what clients send and"
                  + " get")
          .write();
    }
  }

  AuditEvent event() {
    return AuditEvent.of("start")
        .with("version", Version.NUMBER)
        .with("listen", listen.toString())
        .with("root", root.toString())
        .with("encryption", encryption)
        .with("anonymous", anonymous())
        .with("registration", Words.of(asked.registration));
  }

  private String anonymous() {
    return asked.anonymous == null ? "no" : Words.of(asked.anonymous);
  }
}
