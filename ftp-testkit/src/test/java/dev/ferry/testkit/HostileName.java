package dev.ferry.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Printable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A name that somebody sends who means harm: the well-known ones, and what a seed makes of their
 * parts. What becomes of it is said here anew, from the text of the specification (4, 4.1).
 */
record HostileName(Bytes bytes) {
  /** Another seed makes other names: {@code -Dferry.seed=…}. */
  static final long SEED = Long.getLong("ferry.seed", 20_620);

  private static final int MOST_BYTES = 255;

  /** What a receiver makes of it. */
  enum Verdict {
    /** No string at all: a protocol error. */
    BROKEN,
    /** A string, and no name: BAD-NAME. */
    BAD,
    /** A name like any other. */
    FINE
  }

  /** Parts that names are made of; the first ones are classics by themselves. */
  private static final List<String> TEXTS =
      List.of(
          "..",
          ".",
          "/",
          "//",
          "\\",
          "..\\",
          "../",
          "/..",
          "/etc/passwd",
          "\0",
          "\n",
          "\r\n",
          "\t",
          "\u001b[2J",
          "\u001b]0;owned\u0007",
          "\u0007",
          "\b\b\b",
          "\u007f",
          "\u0085",
          "\u009b31m",
          "\u202e",
          "\u2066",
          "\u200b",
          "\u200d",
          "\ufeff",
          "\u2028",
          "\u00ad",
          "\ue000",
          "\u0378",
          "\ud83d\udc69\u200d\ud83d\ude80",
          "\udb40\udc41",
          "\u0301",
          "e\u0301",
          "\u00e9",
          "\u212a",
          "\u0131",
          "\u00df",
          "C:",
          "C:\\",
          "file:stream",
          "CON",
          "nul.txt",
          "COM1",
          "LPT1.log",
          "aux",
          "trailing.",
          "trailing ",
          " leading",
          "-rf",
          "--",
          "-",
          "~",
          "~root",
          "$HOME",
          "${IFS}",
          "`id`",
          "$(id)",
          "%2e%2e",
          "%2f",
          "%00",
          "%n%s",
          "*",
          "?",
          "[a-z]",
          "'",
          "\"",
          "|",
          "||",
          ";",
          "&&",
          "!",
          "!!",
          "#",
          "<",
          ">",
          "a=b",
          "{}",
          "x",
          "file",
          ".ferry-staging",
          ".ferry-staging-1",
          ".FERRY-STAGING",
          "ferry_",
          "logs\\..\\x",
          "\u4e2d\u6587",
          "\ud83d\ude80");

  /** Parts that are no UTF-8: overlong, cut, surrogates, beyond the last character. */
  private static final List<String> BYTES =
      List.of(
          "\u00c0\u0080",
          "\u00c0\u00ae",
          "\u00c0\u00af",
          "\u00e0\u0080\u00af",
          "\u00c1\u00bf",
          "\u00f0\u0080\u0080\u00af",
          "\u00f8\u0080\u0080\u0080\u00af",
          "\u00ed\u00a0\u0080",
          "\u00ed\u00a0\u00bd\u00ed\u00b2\u00a9",
          "\u00f4\u0090\u0080\u0080",
          "\u0080",
          "\u00ff",
          "\u00fe\u00ff",
          "\u00c3",
          "\u00e2\u0082",
          "\u00f0\u009f\u009a");

  /** So many names, no two of them equal. */
  static List<HostileName> corpus(int count) {
    Set<HostileName> names = new LinkedHashSet<>(classics());
    Random random = new Random(SEED);
    while (names.size() < count) {
      names.add(new HostileName(Bytes.of(made(random))));
    }
    return new ArrayList<>(names);
  }

  private static List<HostileName> classics() {
    List<HostileName> names = new ArrayList<>();
    names.add(of(""));
    TEXTS.forEach(text -> names.add(of(text)));
    BYTES.forEach(text -> names.add(new HostileName(Bytes.of(text.getBytes(ISO_8859_1)))));
    for (int length : new int[] {254, 255, 256, 300, 4096, 65_535}) {
      names.add(of("n".repeat(length)));
    }
    names.add(of("\u4e2d".repeat(85)));
    names.add(of("\u4e2d".repeat(86)));
    names.add(of(".ferry-staging".repeat(20)));
    return names;
  }

  private static byte[] made(Random random) {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    if (random.nextInt(12) == 0) {
      byte[] any = new byte[random.nextInt(1, 40)];
      random.nextBytes(any);
      return any;
    }
    for (int parts = random.nextInt(1, 5); parts > 0; parts--) {
      if (random.nextInt(10) == 0) {
        name.writeBytes(BYTES.get(random.nextInt(BYTES.size())).getBytes(ISO_8859_1));
      } else {
        String part = TEXTS.get(random.nextInt(TEXTS.size()));
        int times = random.nextInt(20) == 0 ? random.nextInt(1, 60) : 1;
        name.writeBytes(part.repeat(times).getBytes(UTF_8));
      }
    }
    return name.toByteArray();
  }

  static HostileName of(String text) {
    return new HostileName(Bytes.of(text.getBytes(UTF_8)));
  }

  Verdict verdict() {
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toArray())).toString();
    } catch (CharacterCodingException _) {
      return Verdict.BROKEN;
    }
    boolean bad =
        text.isEmpty()
            || bytes.length() > MOST_BYTES
            || text.equals(".")
            || text.equals("..")
            || text.indexOf('/') >= 0
            || text.indexOf('\0') >= 0
            || text.startsWith(".ferry-staging");
    return bad ? Verdict.BAD : Verdict.FINE;
  }

  /** The name as a string; of one that is broken, something like it. */
  String text() {
    return new String(bytes.toArray(), UTF_8);
  }

  @Override
  public String toString() {
    return Printable.text(text());
  }
}
