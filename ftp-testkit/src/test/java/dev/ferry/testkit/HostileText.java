package dev.ferry.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Texts that somebody sends who wants a terminal, a log or a reader to see something else than what
 * is there. Each can be a file's name, and stands between braces, so that it is known again.
 */
final class HostileText {
  private static final int MOST_CHARACTERS = 60;

  private static final List<String> SEQUENCES =
      List.of(
          "\u001b[2J\u001b[H",
          "\u001b[8m",
          "\u001b[31;1m",
          "\u001b[1A\u001b[2K",
          "\u001b[?1049h",
          "\u001b[6n",
          "\u001b[21t",
          "\u001b]0;title\u0007",
          "\u001b]52;c;cm0gLXJm\u001b\\",
          "\u001b]8;;http:evil\u001b\\link\u001b]8;;\u001b\\",
          "\u001bP+q544e\u001b\\",
          "\u001b_apc\u001b\\",
          "\u001b^pm\u001b\\",
          "\u001bc",
          "\u001b(0",
          "\u009b2J",
          "\u009d0;title\u009c",
          "\u0090q\u009c",
          "\b\b\b\b\b\b",
          "\r\n",
          "\nferry: all files are safe",
          "\rferry get: done",
          "\n!id\n",
          "\n! id | sh ; quit\n",
          "\u000e\u000f",
          "\u202egpj.exe",
          "\u2066\u2067\u2069",
          "\u200b\u200c\u200d\u2060\ufeff",
          "\u2028\u2029",
          "\u0301".repeat(40),
          "e" + "\u0301\u0323\u0308".repeat(13),
          "\u0e33\u0e33\u0e33",
          "\ufdfd".repeat(10),
          "\u4e2d".repeat(30),
          "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67",
          "\udb40\udc41\udb40\udc7f",
          "\ufe0f\ufe0e",
          "\u034f\u115f\u3164\u2800\u00a0",
          "\ue000\uf8ff",
          "\u0378",
          "\"}\n{\"type\":\"summary\"",
          "\\u001b[2J\\e[2J\\x1b",
          "%s%n%x",
          "' \" $(id) `id` ; | & > < * ? [a] \\");

  private HostileText() {}

  /** So many of them; another seed makes others: {@code -Dferry.seed=…}. */
  static List<String> all(int count) {
    List<String> parts =
        Stream.concat(
                IntStream.concat(IntStream.rangeClosed(1, 0x1F), IntStream.rangeClosed(0x7F, 0x9F))
                    .mapToObj(Character::toString),
                SEQUENCES.stream())
            .map(part -> part.replace('/', ':').replace("}", ")"))
            .toList();
    Random random = new Random(HostileName.SEED);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(i + "{" + (i < parts.size() ? parts.get(i) : made(parts, random)) + "}");
    }
    return texts;
  }

  private static String made(List<String> parts, Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(2, 5); left > 0; left--) {
      String part = parts.get(random.nextInt(parts.size()));
      if (text.length() + part.length() <= MOST_CHARACTERS) {
        text.append(part);
      }
    }
    return text.toString();
  }
}
