package dev.ferry.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.account.Account.Access;
import dev.ferry.transfer.login.Caveat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of accounts and tokens, whoever writes, whoever is killed and whatever is torn. */
class AccountFileTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir Path temp;
  private StateFolder state;
  private Path file;
  private AccountFile accounts;

  @BeforeEach
  void open() throws IOException {
    state = StateFolder.open(temp.resolve("state"));
    file = state.path().resolve("accounts");
    accounts = AccountFile.open(state);
  }

  @Test
  void everythingComesBackAsItWasPut() throws IOException {
    TreePath odd = TreePath.of("a b", "100%=x\n\u001b[1m", "\u732b\ud83d\ude00", "\"'\\");
    Account anna = Samples.account("anna", odd);
    Account bert =
        new Account("0.bert_x-y", new Access(Role.ADMIN, TreePath.ROOT, true), null, List.of());
    IssuedToken narrow =
        Samples.token(
            new Caveat.AtMost(Role.WRITER),
            new Caveat.Below(odd),
            new Caveat.Until(NOW.plusSeconds(1_000_000_000)),
            new Caveat.Moving(10));
    IssuedToken wide = Samples.token();
    accounts.add(anna);
    accounts.add(bert);
    accounts.issue(narrow);
    accounts.issue(wide);
    AccountFile again = AccountFile.open(state);
    assertThat(again.users()).containsExactly(bert, anna);
    assertThat(again.find("anna")).isEqualTo(anna);
    assertThat(again.tokens()).containsExactly(narrow, wide);
    assertThat(again.token(narrow.id())).isEqualTo(narrow);
    assertThat(again.inventionSecret()).isEqualTo(accounts.inventionSecret());
    assertThat(again.find("carl")).isNull();
    assertThat(again.token(Bytes.NONE)).isNull();
  }

  @Test
  void changeByAnotherIsSeenAtTheNextLookup() throws IOException {
    AccountFile other = AccountFile.open(state);
    for (int i = 0; i < 100; i++) {
      other.add(Samples.account("anna"));
      assertThat(accounts.find("anna")).as("round " + i).isNotNull();
      other.remove("anna");
      assertThat(accounts.find("anna")).as("round " + i).isNull();
    }
  }

  @Test
  void whatIsThereOrNotThereIsRefused() throws IOException {
    accounts.add(Samples.account("anna"));
    assertRefused(() -> accounts.add(Samples.account("anna")), ErrorCode.EXISTS, "anna");
    assertRefused(() -> accounts.remove("bert"), ErrorCode.NOT_FOUND, "bert");
    assertRefused(() -> accounts.change("bert", a -> a), ErrorCode.NOT_FOUND, "bert");
    assertRefused(() -> accounts.takeBack(Bytes.of((byte) 1)), ErrorCode.NOT_FOUND, "01");
  }

  @Test
  void tokenThatIsTakenBackIsGone() throws IOException {
    IssuedToken token = Samples.token();
    accounts.issue(token);
    accounts.takeBack(token.id());
    assertThat(accounts.token(token.id())).isNull();
  }

  @Test
  void tokensThatEndedLongAgoAreForgotten() throws IOException {
    AccountFile at = new AccountFile(state, Registration.OFF, InstantSource.fixed(NOW));
    IssuedToken old = Samples.tokenUntil(NOW.minusSeconds(86_401));
    IssuedToken recent = Samples.tokenUntil(NOW.minusSeconds(86_399));
    at.issue(old);
    at.issue(recent);
    assertThat(at.tokens()).containsExactly(recent);
  }

  @Test
  void saysWhetherAnybodyCanLogIn() throws IOException {
    AccountFile at = new AccountFile(state, Registration.OFF, InstantSource.fixed(NOW));
    assertThat(at.admitsAnybody()).isFalse();
    at.issue(Samples.tokenUntil(NOW));
    Access locked = new Access(Role.WRITER, TreePath.ROOT, true);
    at.add(Samples.account("anna").with(locked));
    at.add(new Account("bert", Samples.account("bert").access(), null, List.of()));
    assertThat(at.admitsAnybody()).isFalse();
    assertThat(new AccountFile(state, Registration.OPEN, InstantSource.fixed(NOW)).admitsAnybody())
        .isTrue();
    at.issue(Samples.tokenUntil(NOW.plusSeconds(1)));
    assertThat(at.admitsAnybody()).isTrue();
  }

  // ---- what is torn

  @Test
  void fileThatIsCutAnywhereIsRefused() throws IOException {
    accounts.add(Samples.account("anna"));
    accounts.issue(Samples.token());
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertDamaged("cut to %d of %d bytes".formatted(length, whole.length));
    }
    Files.write(file, whole);
    assertThat(accounts.find("anna")).isNotNull();
  }

  @Test
  void fileInWhichAnyByteDiffersIsRefused() throws IOException {
    accounts.add(Samples.account("anna"));
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertDamaged("byte " + at);
    }
  }

  private void assertDamaged(String what) {
    assertThatThrownBy(() -> AccountFile.open(state))
        .as(what)
        .isInstanceOf(StateException.class)
        .hasMessageContaining(file + " is damaged");
    assertThatThrownBy(() -> accounts.find("anna")).as(what).isInstanceOf(StateException.class);
    assertThatThrownBy(() -> accounts.add(Samples.account("bert")))
        .as(what)
        .isInstanceOf(StateException.class);
  }

  @Test
  void missingFileIsNotTakenForAnEmptyOne() throws IOException {
    Files.delete(file);
    assertThatThrownBy(() -> AccountFile.open(StateFolder.open(state.path())))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("accounts");
    assertThatThrownBy(() -> accounts.find("anna")).isInstanceOf(StateException.class);
    assertThatThrownBy(() -> accounts.add(Samples.account("bert")))
        .hasMessageContaining("is missing");
    assertThat(file).doesNotExist();
  }

  // ---- who writes at the same time, and who is killed

  @Test
  void nothingIsLostWhenManyChangeAtOnce() throws Exception {
    int each = 20;
    List<Callable<Void>> writers = new ArrayList<>();
    for (String prefix : List.of("a", "b")) {
      writers.add(() -> addAll(AccountFile.open(state), prefix, each));
      writers.add(() -> addElsewhere("other" + prefix, each));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(writers.size())) {
      for (Future<Void> writer : threads.invokeAll(writers)) {
        writer.get();
      }
    }
    assertThat(accounts.users()).hasSize(writers.size() * each);
  }

  private static Void addAll(AccountFile file, String prefix, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      file.add(Samples.account(prefix + i));
    }
    return null;
  }

  private Void addElsewhere(String prefix, int count) throws IOException {
    try (OtherProcess other = OtherProcess.adding(state.path(), prefix, count)) {
      assertThat(other.rest()).hasSize(count);
      return null;
    }
  }

  /** What a reader finds at a moment is what a kill at that moment would leave. */
  @Test
  void whoeverReadsMeanwhileFindsAWholeFile() throws Exception {
    state.accounts().write(linesOf(300));
    try (OtherProcess writer = OtherProcess.adding(state.path(), "new", 100);
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      assertThat(writer.line()).isEqualTo("new0");
      Future<List<String>> rest = thread.submit(writer::rest);
      while (!rest.isDone()) {
        assertThat(state.accounts().read()).hasSizeGreaterThan(300);
      }
      assertThat(rest.get()).hasSize(99);
    }
  }

  @Test
  void whatWasSaidToBeDoneSurvivesAKill() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    // A long file takes long to write.
    state.accounts().write(linesOf(500));
    List<String> done = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      try (OtherProcess writer = OtherProcess.adding(state.path(), "r" + round + ".", 1_000_000)) {
        for (int i = random.nextInt(30); i >= 0; i--) {
          done.add(writer.line());
        }
        long moment = System.nanoTime() + random.nextInt(3_000_000);
        while (System.nanoTime() < moment) {
          Thread.onSpinWait();
        }
      }
      assertThat(AccountFile.open(state).users())
          .as("round %d of seed %d", round, seed)
          .extracting(Account::name)
          .containsAll(done);
    }
  }

  private static List<String> linesOf(int users) {
    Book book = new Book();
    IntStream.range(0, users)
        .mapToObj(i -> Samples.account("filler" + i))
        .forEach(account -> book.users.put(account.name(), account));
    return book.lines();
  }

  private static void assertRefused(ThrowingCallable what, ErrorCode code, String word) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.reason().known()).isEqualTo(code))
        .hasMessageContaining(word);
  }
}
