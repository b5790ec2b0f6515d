package dev.ferry.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.login.Caveat;
import dev.ferry.transfer.login.Grant.Budget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tokens have moved is not forgotten, and nothing moves that cannot be counted. */
class SpentTest {
  @TempDir Path temp;
  private StateFolder state;
  private IssuedToken token;
  private Budget budget;

  @BeforeEach
  void open() throws IOException {
    state = StateFolder.open(temp);
    token = Samples.token(new Caveat.Moving(100));
    budget = Samples.budgets(token).getFirst();
    AccountFile.open(state).issue(token);
  }

  private AccountFile server() throws IOException {
    return AccountFile.serving(state, Registration.OFF);
  }

  @Test
  void isCountedAcrossRestarts() throws IOException {
    try (AccountFile server = server()) {
      assertThat(server.spend(budget.name(), 30)).isEqualTo(30);
      assertThat(server.spend(budget.name(), 30)).isEqualTo(60);
    }
    try (AccountFile server = server()) {
      assertThat(server.spent(budget)).isEqualTo(60);
      assertThat(server.spend(budget.name(), Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }
    assertThat(AccountFile.open(state).spent(budget)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatDidNotMoveIsTakenBack() throws IOException {
    try (AccountFile server = server()) {
      assertThat(server.spend(budget.name(), 30)).isEqualTo(30);
      assertThat(server.spend(budget.name(), 80)).isEqualTo(110);
      assertThat(server.spend(budget.name(), -80)).isEqualTo(30);
      assertThat(server.spend(budget.name(), -31)).isZero();
    }
  }

  @Test
  void isOnTheDiskSoonWithoutAnEnd() throws IOException {
    try (AccountFile server = server()) {
      server.spend(budget.name(), 1);
      server.spend(budget.name(), 1);
      await().until(() -> AccountFile.open(state).spent(budget) == 2);
      server.spend(budget.name(), 1);
      await().until(() -> AccountFile.open(state).spent(budget) == 3);
    }
  }

  @Test
  void budgetsOfOneTokenAreBoundedAndOthersAreNotHurt() throws IOException {
    IssuedToken other = Samples.token(new Caveat.Moving(100));
    AccountFile.open(state).issue(other);
    try (AccountFile server = server()) {
      for (int i = 0; i < Spent.BUDGETS_OF_A_TOKEN; i++) {
        server.spend(token.id() + ".narrow" + i, 1);
      }
      assertThatThrownBy(() -> server.spend(budget.name(), 1))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.reason().known()).isEqualTo(ErrorCode.QUOTA));
      assertThat(server.spend(token.id() + ".narrow0", 1)).isEqualTo(2);
      assertThat(server.spend(Samples.budgets(other).getFirst().name(), 1)).isEqualTo(1);
    }
  }

  @Test
  void tokensThatAreGoneAreForgotten() throws IOException {
    IssuedToken other = Samples.token(new Caveat.Moving(100));
    AccountFile.open(state).issue(other);
    try (AccountFile server = server()) {
      server.spend(budget.name(), 30);
      AccountFile.open(state).takeBack(token.id());
      server.spend(Samples.budgets(other).getFirst().name(), 1);
    }
    assertThat(state.spent().read()).hasSize(1);
  }

  @Test
  void damagedFileStopsTheServerAndAllThatIsCounted() throws IOException {
    try (AccountFile server = server()) {
      server.spend(budget.name(), 30);
    }
    Path file = temp.resolve("spent");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(this::server).as("cut to " + length).hasMessageContaining("is damaged");
    }
    try (AccountFile accounts = AccountFile.open(state)) {
      assertThat(accounts.users()).isEmpty();
      assertThatThrownBy(() -> accounts.spend(budget.name(), 1)).hasMessageContaining("is damaged");
    }
    Files.delete(file);
    assertThatThrownBy(this::server).hasMessageContaining("is missing");
  }

  @Test
  void whatCannotBeWrittenDownIsNotMoved() throws IOException {
    try (AccountFile server = server()) {
      Files.createDirectories(temp.resolve(".spent.new/in/the/way"));
      server.spend(budget.name(), 1);
      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> server.spend(budget.name(), 1))
                      .isInstanceOf(StateException.class));
      Files.move(temp.resolve(".spent.new"), temp.resolve("out-of-the-way"));
      await()
          .ignoreExceptionsInstanceOf(StateException.class)
          .until(() -> server.spend(budget.name(), 0) > 0);
    }
    assertThat(AccountFile.open(state).spent(budget)).isPositive();
  }
}
