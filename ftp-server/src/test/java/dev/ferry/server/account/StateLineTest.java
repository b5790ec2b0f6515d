package dev.ferry.server.account;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing in the accounts file is ignored that is not understood, and its line is named. */
class StateLineTest {
  private static final String USER = "user name=bert role=reader home=/ locked=no";
  private static final String HASH = "11".repeat(32);

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "role=reader | role=owner | 'owner' is none of reader, writer, admin",
        "role=reader | role=Reader | none of reader",
        "role=reader | rank=1 | has no 'role'",
        "role=reader | role=reader role=writer | 'role' comes twice",
        "locked=no | locked=false | 'false' is none of yes, no",
        "locked=no | locked= | '' is none of yes, no",
        "locked=no | locked=no quota=5 | 'quota' is no field of a user",
        "locked=no | locked=no_ | is no key=value",
        "locked=no | locked=no x | 'x' is no key=value",
        "locked=no | locked=no =x | '=x' is no key=value",
        "home=/ | home=/../etc | is no path from the root",
        "home=/ | home=etc | is no path from the root",
        "home=/ | home=/a%0 | '%' is not allowed there",
        "home=/ | home=/%FF | it is no text",
        "home=/ | home=/%00 | NUL",
        "home=/ | home=/~ | '~' is not allowed there",
        "name=bert | name=Bert | 'Bert' is no user name",
        "name=bert | name=anonymous | is no user name",
        "name=bert | name=..%2Fx | is no user name",
        "name=bert | name=anna | the same user comes twice",
        "locked=no | locked=no salt=00 | salt: 1 bytes, not 16",
        "locked=no | locked=no stored=00 | 'stored' is no field",
        "locked=no | locked=no key=AAAA | key: the public key is damaged",
        "locked=no | locked=no registered=today | 'today' is no time",
        "user | person | there is no such record",
        "user | secret | there is no such record",
      })
  void whatIsNotUnderstoodIsRefused(String what, String instead, String why) throws IOException {
    String line = USER.replace(what, instead.replace('_', ' '));
    assertRefused(List.of(USER.replace("bert", "anna"), line), ":4:", why);
  }

  @ParameterizedTest
  @CsvSource({
    "token id=00 secret=HASH, id: 1 bytes",
    "token id=0011223344556677 secret=HASH until=never, 'never' is no time",
    "token id=0011223344556677 secret=HASH bytes=-1, -1 is not in 0",
    "token id=0011223344556677 secret=HASH bytes=1e9, bytes:",
    "token id=0011223344556677 secret=HASH caveat=07, 'caveat' is no field of a token",
    "invitation hash=HASH role=reader home=/, has no 'until'",
  })
  void tokensAndInvitationsToo(String line, String why) throws IOException {
    assertRefused(List.of(line.replace("HASH", HASH)), ":3:", why);
  }

  @Test
  void passwordsThatAreCheapToGuessAreRefused() throws IOException {
    String password =
        " salt=%s iterations=1000 stored=%s server=%s".formatted("22".repeat(16), HASH, HASH);
    assertRefused(List.of(USER + password), ":3:", "iterations: 1000 is not in 100000");
  }

  @Test
  void fileOfAnotherKindOrVersionIsRefused() throws IOException {
    StateFolder state = StateFolder.open(temp);
    Path path = state.accounts().path();
    new StateFile(path, "accounts", 2).write(new Book().lines());
    assertThatThrownBy(() -> AccountFile.open(state))
        .hasMessageContaining(":1: it is of version 2");
    new StateFile(path, "spent", 1).write(List.of());
    assertThatThrownBy(() -> AccountFile.open(state)).hasMessageContaining("ferry-spent");
    new StateFile(path, "accounts", 1).write(List.of());
    assertThatThrownBy(() -> AccountFile.open(state)).hasMessageContaining("has no secret");
  }

  private void assertRefused(List<String> added, String line, String why) throws IOException {
    StateFolder state = StateFolder.open(temp);
    List<String> lines = new ArrayList<>(new Book().lines());
    lines.addAll(added);
    state.accounts().write(lines);
    assertThatThrownBy(() -> AccountFile.open(state))
        .isInstanceOf(StateException.class)
        .hasMessageStartingWith(temp + "/accounts" + line)
        .hasMessageContaining(why);
  }
}
