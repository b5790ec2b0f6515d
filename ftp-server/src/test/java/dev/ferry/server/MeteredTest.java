package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.RefusedException;
import dev.ferry.server.account.SharedToken;
import dev.ferry.transfer.login.Grant.Budget;
import dev.ferry.transfer.store.Staged;
import dev.ferry.transfer.store.Trees;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a token may move, and what is said when that is used up. */
class MeteredTest {
  @TempDir Path root;

  @Test
  void whatDidNotMoveIsLeftAndCountsInNoBudget() throws IOException {
    SharedToken counts = SharedToken.until(Instant.now().plusSeconds(60), Role.WRITER);
    try (Metered tree =
            new Metered(
                Trees.open(root, true),
                counts,
                List.of(new Budget("a.1", 5000), new Budget("a.2", 1500)));
        Staged staged = tree.stage()) {
      staged.write(ByteBuffer.allocate(1000), 0);
      assertThatThrownBy(() -> staged.write(ByteBuffer.allocate(501), 1000))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.reason().is(ErrorCode.QUOTA)).isTrue())
          .hasMessageContaining("may move 1,500 bytes in all, and has 500 of them left");
      assertThat(counts.spend("a.1", 0)).isEqualTo(1000);
      staged.write(ByteBuffer.allocate(500), 1000);
      assertThatThrownBy(() -> staged.write(ByteBuffer.allocate(1), 1500))
          .hasMessageContaining("has 0 of them left");
    }
  }
}
