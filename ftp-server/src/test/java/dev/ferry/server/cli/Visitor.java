package dev.ferry.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.Frame;
import dev.ferry.transfer.link.Greeting;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.login.Credential;
import java.io.IOException;

/** What a client says first, and least. */
final class Visitor {
  static final Credential.Exchange ANYBODY = Frame.Login::anonymous;

  private Visitor() {}

  /** Logs in. */
  static void greet(Link link, Credential.Exchange login) throws IOException {
    Greeting.say(link, "test/1", login);
    link.flush();
    Greeting.hear(link, login);
  }

  static void ping(Link link) throws IOException {
    link.sendNow(new Frame.Ping());
    assertThat(link.read()).isEqualTo(new Frame.Ok(0));
  }
}
