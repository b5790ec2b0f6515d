package dev.ferry.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Glob;
import dev.ferry.protocol.TreePath;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * However a path is spelled, all that read one understand the same names, and names are all that
 * travels: so there is one verdict for it. {@code -Dferry.spellings=100000} tries so many.
 */
class SpellingTest {
  private static final int SPELLINGS = Integer.getInteger("ferry.spellings", 5_000);
  private static final List<String> NAMES =
      List.of("a", "al", "alice", "...", ".x", "a b", "a%41", "*", "[a]", "a\\b", "\u00e9", "x?#");
  private static final List<String> DETOURS =
      List.of("/", "/.", "/./.", "//", "/x/..", "/x/y/../..", "/./x/./..");

  private final long seed = Long.getLong("ferry.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void everySpellingOfAPathIsThatPath() throws BadNameException, BadUrlException {
    for (int i = 0; i < SPELLINGS; i++) {
      List<String> names = names();
      TreePath path = TreePath.of(names);
      String typed = spelled(names, false);
      String url = spelled(names, true);
      assertThat(TreePath.parse(typed)).as("seed %d: %s", seed, typed).isEqualTo(path);
      assertThat(RemotePath.parse(TreePath.of("elsewhere"), Glob.escape(typed)).path())
          .as("seed %d: %s", seed, typed)
          .isEqualTo(path);
      assertThat(FerryUrl.parse("ferry://host" + url).path().path())
          .as("seed %d: %s", seed, url)
          .isEqualTo(path);
    }
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (int depth = random.nextInt(6); depth > 0; depth--) {
      names.add(NAMES.get(random.nextInt(NAMES.size())));
    }
    return names;
  }

  private String spelled(List<String> names, boolean url) {
    StringBuilder text = new StringBuilder();
    while (random.nextInt(4) == 0) {
      text.append("/..");
    }
    for (String name : names) {
      while (random.nextInt(3) == 0) {
        text.append(DETOURS.get(random.nextInt(DETOURS.size())));
      }
      text.append('/').append(url ? escaped(name) : name);
    }
    return text.append(random.nextBoolean() || text.isEmpty() ? "/" : "").toString();
  }

  /** Some bytes with a percent sign: those that need it, and others. */
  private String escaped(String name) {
    StringBuilder text = new StringBuilder();
    for (byte b : name.getBytes(UTF_8)) {
      if (b <= ' ' || b == '%' || b == '*' || random.nextInt(3) == 0) {
        text.append('%').append(HexFormat.of().toHexDigits(b));
      } else {
        text.append((char) b);
      }
    }
    return text.toString();
  }
}
