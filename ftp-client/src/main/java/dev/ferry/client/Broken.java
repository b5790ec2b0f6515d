package dev.ferry.client;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.ProtocolException;

/** The exceptions for what a server must not say; they end the connection. */
final class Broken {
  private Broken() {}

  /** It answered something else. */
  static ProtocolException answer(Connection connection, Frame reply) {
    return rule(connection, reply.type() + " is no answer to that (spec 6)");
  }

  /** It broke this rule. */
  static ProtocolException rule(Connection connection, String rule) {
    connection.close();
    return new ProtocolException(
        "%s broke the protocol: %s".formatted(connection.link().peer(), rule));
  }
}
