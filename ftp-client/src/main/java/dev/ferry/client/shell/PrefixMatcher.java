package dev.ferry.client.shell;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.CompletionMatcher;
import org.jline.reader.LineReader;

/**
 * Keeps the candidates that begin with what was typed. If there are none, capitals do not count,
 * nor how an accent is encoded: the same "é" may be one character here and two there.
 */
final class PrefixMatcher implements CompletionMatcher {
  private String typed = "";
  private List<Candidate> matching = List.of();

  @Override
  public void compile(
      Map<LineReader.Option, Boolean> options,
      boolean prefix,
      CompletingParsedLine line,
      boolean caseInsensitive,
      int errors,
      String originalGroupName) {
    typed = line.word();
  }

  @Override
  public List<Candidate> matches(List<Candidate> candidates) {
    matching = beginning(candidates, candidate -> candidate.value().startsWith(typed));
    if (matching.isEmpty()) {
      String folded = fold(typed);
      matching = beginning(candidates, candidate -> fold(candidate.value()).startsWith(folded));
    }
    return matching;
  }

  @Override
  public Candidate exactMatch() {
    return matching.stream()
        .filter(candidate -> candidate.complete() && candidate.value().equals(typed))
        .findFirst()
        .orElse(null);
  }

  @Override
  public String getCommonPrefix() {
    String common = matching.isEmpty() ? "" : matching.getFirst().value();
    for (Candidate candidate : matching) {
      common = commonStart(common, candidate.value());
    }
    return common;
  }

  private static List<Candidate> beginning(List<Candidate> from, Predicate<Candidate> matches) {
    return from.stream().filter(matches).toList();
  }

  private static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
  }

  private static String commonStart(String a, String b) {
    int length = 0;
    while (length < Math.min(a.length(), b.length())
        && a.codePointAt(length) == b.codePointAt(length)) {
      length++;
    }
    return a.substring(0, length);
  }
}
