package dev.ferry.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.account.Account.Access;
import dev.ferry.transfer.login.RegistrationRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may make an account for themselves, and what strangers learn when they try. */
class RegistrarTest {
  @TempDir Path temp;
  private StateFolder state;
  private Instant now = Instant.parse("2026-05-01T12:00:00Z");

  @BeforeEach
  void open() throws IOException {
    state = StateFolder.open(temp);
    server(Registration.OFF).add(Samples.account("anna"));
  }

  private AccountFile server(Registration policy) throws StateException {
    return new AccountFile(state, policy, () -> now);
  }

  @Test
  void nobodyRegistersUnlessTheServerWasStartedSo() throws IOException {
    String code = server(Registration.OFF).invite(Role.READER, TreePath.ROOT, in(1));
    for (String name : List.of("anna", "bert", "NO NAME")) {
      assertRefused(Registration.OFF, name, Samples.request(code), "registers nobody");
    }
  }

  @Test
  void invitationMakesOneAccountAsItSays() throws IOException {
    AccountFile server = server(Registration.INVITE);
    TreePath home = TreePath.of("projects", "b");
    String code = server.invite(Role.WRITER, home, in(1));
    assertThat(Files.readString(temp.resolve("accounts"))).doesNotContain(code);
    RegistrationRequest request = Samples.request(code);
    Account bert = server.register("bert", request);
    assertThat(bert.access()).isEqualTo(new Access(Role.WRITER, home, false));
    assertThat(bert.password()).isEqualTo(request.verifier());
    assertThat(AccountFile.open(state).find("bert")).isEqualTo(bert);
    assertRefused(Registration.INVITE, "carl", Samples.request(code), "is not good");
  }

  @Test
  void invitationEnds() throws IOException {
    String code = server(Registration.INVITE).invite(Role.READER, TreePath.ROOT, in(1));
    now = in(1);
    assertRefused(Registration.INVITE, "bert", Samples.request(code), "is not good");
  }

  @Test
  void withoutAGoodInvitationNobodyLearnsWhoIsThere() throws IOException {
    for (String name : List.of("anna", "bert")) {
      assertRefused(
          Registration.INVITE, name, Samples.request(""), "registers who has an invitation");
      assertRefused(Registration.INVITE, name, Samples.request("made up"), "is not good");
    }
  }

  @Test
  void takenNameDoesNotUseTheInvitationUp() throws IOException {
    AccountFile server = server(Registration.INVITE);
    String code = server.invite(Role.READER, TreePath.ROOT, in(1));
    assertRefused(Registration.INVITE, "anna", Samples.request(code), "the name is taken");
    assertThat(server.register("bert", Samples.request(code))).isNotNull();
  }

  @Test
  void openRegistrationMakesReadersOnly() throws IOException {
    AccountFile server = server(Registration.OPEN);
    Account bert = server.register("bert", Samples.request(""));
    assertThat(bert.access()).isEqualTo(new Access(Role.READER, TreePath.ROOT, false));
    String code = server.invite(Role.WRITER, TreePath.ROOT, in(1));
    assertThat(server.register("carl", Samples.request(code)).access().role())
        .isEqualTo(Role.WRITER);
    assertRefused(Registration.OPEN, "anna", Samples.request(""), "the name is taken");
    assertRefused(Registration.OPEN, "../x", Samples.request(""), "a user name has");
  }

  @Test
  void openRegistrationIsBounded() throws IOException {
    AccountFile server = server(Registration.OPEN);
    int made = 0;
    for (; made < Registrar.MOST_IN_AN_HOUR; made++) {
      server.register("u" + made, Samples.request(""));
    }
    assertRefused(Registration.OPEN, "more", Samples.request(""), "within the last hour");
    String code = server.invite(Role.READER, TreePath.ROOT, in(1));
    assertThat(server.register("invited", Samples.request(code))).isNotNull();
    now = now.plus(Duration.ofHours(1));
    server.register("more", Samples.request(""));
    fill(Registrar.MOST);
    now = now.plus(Duration.ofDays(1));
    assertRefused(Registration.OPEN, "last", Samples.request(""), "any more");
    AccountFile.open(state).remove("filler0");
    assertThat(server.register("last", Samples.request(""))).isNotNull();
  }

  private void fill(int registered) throws IOException {
    Book book = Book.of(state.accounts());
    for (int i = 0; book.registered.size() < registered; i++) {
      book.users.put("filler" + i, Samples.account("filler" + i));
      book.registered.put("filler" + i, now);
    }
    state.accounts().write(book.lines());
  }

  private Instant in(int days) {
    return now.plus(Duration.ofDays(days));
  }

  private void assertRefused(
      Registration policy, String name, RegistrationRequest request, String why)
      throws IOException {
    String before = Files.readString(temp.resolve("accounts"));
    assertThatThrownBy(() -> server(policy).register(name, request))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.reason().known()).isEqualTo(ErrorCode.LOGIN_REFUSED))
        .hasMessageContaining(why);
    assertThat(temp.resolve("accounts")).hasContent(before);
  }
}
