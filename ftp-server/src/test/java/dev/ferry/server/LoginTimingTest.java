package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.account.Account;
import dev.ferry.server.account.AccountFile;
import dev.ferry.server.account.StateFolder;
import dev.ferry.transfer.login.Scram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether the time of an answer tells users that exist from those that do not: some logins of each
 * kind, in random order. {@code -Dferry.timing=10000} sees smaller differences, but takes minutes
 * and a machine that does nothing else.
 */
class LoginTimingTest {
  private static final int LOGINS = Integer.getInteger("ferry.timing", 400);

  /** As many passwords as are tried for one user. */
  private static final int EACH = 10;

  /**
   * How far from even the odds may be to tell one of each kind apart: 0.02, or four standard errors
   * where so few logins cannot show that.
   */
  private static final double LEAST_TOLD = Math.max(0.02, 4 / Math.sqrt(6.0 * LOGINS));

  @TempDir Path root;
  @TempDir Path state;

  /** How long the answers to LOGIN and PROOF took, in nanoseconds. */
  private record Sample(boolean known, long challenge, long refusal) {}

  @Test
  @Timeout(1800)
  void timeDoesNotTellWhoExists() throws IOException {
    try (AccountFile accounts = AccountFile.open(StateFolder.open(state))) {
      for (int i = 0; i < LOGINS / EACH; i++) {
        accounts.add(account(name(true, i)));
      }
    }
    List<Sample> samples = new ArrayList<>();
    try (FerryServer server = new ServerFixture().on(root).state(state).start()) {
      for (Login login : logins()) {
        samples.add(sample(server, login));
      }
    }
    double challenge = told(samples, samples.stream().mapToLong(Sample::challenge).toArray());
    double refusal = told(samples, samples.stream().mapToLong(Sample::refusal).toArray());
    System.out.printf(
        "%d logins of each kind: AUC %.4f at CHALLENGE, %.4f at ERROR%n",
        LOGINS, challenge, refusal);
    assertThat(Math.abs(challenge - 0.5)).isLessThanOrEqualTo(LEAST_TOLD);
    assertThat(Math.abs(refusal - 0.5)).isLessThanOrEqualTo(LEAST_TOLD);
  }

  private record Login(boolean known, int user) {}

  private static List<Login> logins() {
    List<Login> all = new ArrayList<>();
    for (int i = 0; i < LOGINS; i++) {
      all.add(new Login(true, i / EACH));
      all.add(new Login(false, i / EACH));
    }
    Collections.shuffle(all, new Random(1));
    return all;
  }

  private static String name(boolean known, int user) {
    return "%s%05d".formatted(known ? "known" : "other", user);
  }

  private static Account account(String name) {
    Bytes salt = Bytes.of(Arrays.copyOf(Scram.nonce().toArray(), Scram.SALT_BYTES));
    Scram.Verifier verifier =
        new Scram.Verifier(salt, Scram.ITERATIONS, Scram.nonce(), Scram.nonce());
    return new Account(
        name, new Account.Access(Role.READER, TreePath.ROOT, false), verifier, List.of());
  }

  private static Sample sample(FerryServer server, Login login) throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      client.send(new Frame.Hello(1, 1, "test/1", List.of()));
      client.read();
      String name = name(login.known(), login.user());
      long said = System.nanoTime();
      client.send(new Frame.Login(Frame.Login.PASSWORD, name, Scram.nonce()));
      client.read();
      long asked = System.nanoTime();
      client.send(new Frame.Proof(Scram.nonce()));
      Frame.Failure refused = (Frame.Failure) client.read();
      long ended = System.nanoTime();
      assertThat(refused.reason().text()).isEqualTo("the user name or the password is wrong");
      return new Sample(login.known(), asked - said, ended - asked);
    }
  }

  /** The chance that an answer for a known user took longer than one for an unknown user. */
  private static double told(List<Sample> samples, long... times) {
    long[] known = times(samples, true, times);
    long[] unknown = times(samples, false, times);
    Arrays.sort(unknown);
    double wins = 0;
    for (long time : known) {
      int below = firstNotBelow(unknown, time);
      int equal = firstNotBelow(unknown, time + 1) - below;
      wins += below + equal / 2.0;
    }
    return wins / known.length / unknown.length;
  }

  private static long[] times(List<Sample> samples, boolean known, long... times) {
    List<Long> some = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      if (samples.get(i).known() == known) {
        some.add(times[i]);
      }
    }
    return some.stream().mapToLong(Long::longValue).toArray();
  }

  private static int firstNotBelow(long[] sorted, long time) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
