package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.link.Endpoint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PromptTest {
  private static final Endpoint HARBOUR = new Endpoint.Tcp("harbour", 9021);

  @Test
  void namesTheServerAndTheFolder() throws BadNameException {
    TreePath tides = TreePath.of("tides", "2026");
    assertThat(Prompt.of(HARBOUR, tides, 80, false)).isEqualTo("ferry harbour:/tides/2026> ");
    assertThat(Prompt.of(new Endpoint.Tcp("::1", 9021), TreePath.ROOT, 80, false))
        .isEqualTo("ferry [::1]:/> ");
    assertThat(Prompt.of(new Endpoint.Tcp("harbour", 4000), TreePath.ROOT, 80, false))
        .isEqualTo("ferry harbour:4000:/> ");
    assertThat(Prompt.of(new Endpoint.Unix(Path.of("/run/f.sock")), TreePath.ROOT, 80, false))
        .isEqualTo("ferry unix:f.sock:/> ");
  }

  @Test
  void saysThatThereIsNoServer() {
    assertThat(Prompt.of(null, TreePath.ROOT, 80, true)).isEqualTo("ferry (not connected)> ");
  }

  @Test
  void leavesRoomToTypeIn() throws BadNameException {
    TreePath deep = TreePath.of("a".repeat(200), "east pier");
    assertThat(Prompt.of(HARBOUR, deep, 80, false))
        .endsWith("aaa/east pier> ")
        .hasSizeLessThanOrEqualTo(40);
  }

  @Test
  void letsNoForeignControlCharacterThrough() throws BadNameException {
    assertThat(Prompt.of(HARBOUR, TreePath.of("a\u001b[31m"), 80, false))
        .isEqualTo("ferry harbour:/a\\e[31m> ");
  }
}
