package dev.ferry.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for one component of a path (spec 4.2). It compares whole characters (code points),
 * without folding case. A match costs at most the length of the pattern times the length of the
 * name, whatever the pattern. Immutable.
 */
public final class Glob {
  private static final String SIGNS = "*?[\\";

  private final List<Token> tokens;

  private Glob(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Any text is a pattern: one without signs matches just itself. */
  public static Glob of(String pattern) {
    return new Glob(new Parser(pattern.codePoints().toArray()).parse());
  }

  /** Whether this name matches this pattern. */
  public static boolean matches(String pattern, String name) {
    return of(pattern).matches(name);
  }

  /** Whether this text may match other names than the one that {@link #unescape} gives. */
  public static boolean isPattern(String text) {
    return of(text).tokens.stream().anyMatch(token -> !(token instanceof Literal));
  }

  /** The pattern that matches just this name. It may be longer than a component can be. */
  public static String escape(String name) {
    StringBuilder out = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      if (SIGNS.indexOf(name.charAt(i)) >= 0) {
        out.append('\\');
      }
      out.append(name.charAt(i));
    }
    return out.toString();
  }

  /**
   * The text without the backslashes that quote something: the one name that it matches, unless it
   * {@linkplain #isPattern is a pattern}. It is still to be checked like any other: {@code \.\.}
   * gives {@code ..}.
   */
  public static String unescape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && i + 1 < text.length()) {
        i++;
      }
      out.append(text.charAt(i));
    }
    return out.toString();
  }

  /**
   * Whether this name matches.
   *
   * <p>Only the last {@code *} is ever tried again, one character further: if a later {@code *} was
   * reached, whatever an earlier one could take instead, the later one can take as well.
   */
  public boolean matches(String name) {
    int[] characters = name.codePoints().toArray();
    if (characters.length > 0 && characters[0] == '.' && !startsWithDot()) {
      return false;
    }
    int token = 0;
    int at = 0;
    int star = -1;
    int starTookTo = 0;
    while (at < characters.length) {
      if (token < tokens.size() && tokens.get(token) instanceof Star) {
        star = token++;
        starTookTo = at;
      } else if (token < tokens.size() && tokens.get(token).takes(characters[at])) {
        token++;
        at++;
      } else if (star >= 0) {
        token = star + 1;
        at = ++starTookTo;
      } else {
        return false;
      }
    }
    while (token < tokens.size() && tokens.get(token) instanceof Star) {
      token++;
    }
    return token == tokens.size();
  }

  private boolean startsWithDot() {
    return !tokens.isEmpty()
        && tokens.getFirst() instanceof Literal(int character)
        && character == '.';
  }

  /** What stands for one character, or for any number of them. */
  private sealed interface Token {
    boolean takes(int character);
  }

  private record Star() implements Token {
    @Override
    public boolean takes(int character) {
      return true;
    }
  }

  private record AnyOne() implements Token {
    @Override
    public boolean takes(int character) {
      return true;
    }
  }

  private record Literal(int character) implements Token {
    @Override
    public boolean takes(int other) {
      return character == other;
    }
  }

  private record Span(int first, int last) {}

  private record Set(boolean outside, List<Span> spans) implements Token {
    @Override
    public boolean takes(int character) {
      for (Span span : spans) {
        if (character >= span.first && character <= span.last) {
          return !outside;
        }
      }
      return outside;
    }
  }

  /** Cuts a pattern into tokens, in one pass. */
  private static final class Parser {
    private final int[] pattern;
    private int at;
    private boolean noSetFollows;

    Parser(int[] pattern) {
      this.pattern = pattern;
    }

    List<Token> parse() {
      List<Token> tokens = new ArrayList<>();
      while (at < pattern.length) {
        Token token = next();
        // Several in a row are one.
        if (!(token instanceof Star) || tokens.isEmpty() || !(tokens.getLast() instanceof Star)) {
          tokens.add(token);
        }
      }
      return List.copyOf(tokens);
    }

    private Token next() {
      if (pattern[at] == '[' && !noSetFollows) {
        int start = at;
        Token set = set();
        if (set != null) {
          return set;
        }
        noSetFollows = true;
        at = start + 1;
        return new Literal('[');
      }
      boolean quoted = pattern[at] == '\\';
      int character = character();
      if (quoted) {
        return new Literal(character);
      }
      return switch (character) {
        case '*' -> new Star();
        case '?' -> new AnyOne();
        default -> new Literal(character);
      };
    }

    /**
     * The set that begins here, or null if it is never closed. A {@code ]} that comes first is a
     * member.
     */
    private Token set() {
      at++;
      boolean outside = at < pattern.length && pattern[at] == '!';
      if (outside) {
        at++;
      }
      List<Span> spans = new ArrayList<>();
      while (at < pattern.length) {
        if (pattern[at] == ']' && !spans.isEmpty()) {
          at++;
          return new Set(outside, List.copyOf(spans));
        }
        int first = character();
        boolean range = at + 1 < pattern.length && pattern[at] == '-' && pattern[at + 1] != ']';
        if (range) {
          at++;
        }
        spans.add(new Span(first, range ? character() : first));
      }
      return null;
    }

    /** One character, quoted or not. A backslash at the very end stands for itself. */
    private int character() {
      if (pattern[at] == '\\' && at + 1 < pattern.length) {
        at++;
      }
      return pattern[at++];
    }
  }
}
