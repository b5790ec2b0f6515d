package dev.ferry.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.Frame;
import org.junit.jupiter.api.Test;

class ServerBusyExceptionTest {
  @Test
  void tellsAFullServerFromOneThatIsGoingDown() {
    assertThat(new ServerBusyException("host:9021", new Frame.Busy(true, 5, "the server is going")))
        .hasMessage("host:9021 is going down");
    assertThat(new ServerBusyException("host:9021", new Frame.Busy(false, 5, "too many sessions")))
        .hasMessage("host:9021 has no room: too many sessions");
  }
}
