package dev.ferry.server;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many wrong passwords may be tried for a user, whether there is one of this name or not: 60 in
 * any hour, wherever they come from. Half of them are for sources from which that user has logged
 * in before, so that strangers who use up theirs do not lock the user out. Keys and tokens cannot
 * be guessed, and are not counted.
 *
 * <p>Safe for use by many threads. It is forgotten when the server ends.
 */
final class Guesses {
  /** One guess is earned in this time, 20 in an hour; and at most 10 are kept. */
  private static final Duration EACH = Duration.ofMinutes(3);

  private static final Duration TEN = EACH.multipliedBy(10);

  private static final int FAMILIAR = 65_536;

  /** Longer ones are nobody's, and count together. */
  private static final int LONGEST_NAME = 64;

  private final Debts<Whose> debts = new Debts<>(TEN);
  private final Set<Way> familiar =
      Collections.synchronizedSet(Collections.newSetFromMap(new Recent<>()));

  private record Whose(String user, boolean familiar) {}

  private record Way(String user, Source source) {}

  /** Forgets what was put in longest ago. */
  private static final class Recent<K> extends LinkedHashMap<K, Boolean> {
    private static final long serialVersionUID = 1;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, Boolean> eldest) {
      return size() > FAMILIAR;
    }
  }

  /** Takes one; false if there is none now. */
  boolean take(String user, Source source) {
    return debts.addWithin(whose(user, source), EACH, TEN);
  }

  /** It was none: the password is right. */
  void giveBack(String user, Source source) {
    debts.forgive(whose(user, source), EACH);
  }

  /** How long it takes until there is another one. */
  Duration wait(String user, Source source) {
    return debts.of(whose(user, source)).minus(TEN.minus(EACH));
  }

  /** The user has logged in from there. */
  void remember(String user, Source source) {
    familiar.add(new Way(user, source));
  }

  private Whose whose(String user, Source source) {
    String name = user.length() > LONGEST_NAME ? "" : user;
    return new Whose(name, familiar.contains(new Way(name, source)));
  }
}
