package dev.ferry.client.cli;

import java.util.regex.Pattern;

/** Tells texts that may hold a secret. */
public final class Secrets {
  private static final Pattern SECRET =
      Pattern.compile(
          "passw|passphrase|passcode|secret|token|ferry_[\\w-]{20}|[-_]invite|credential|api[-_]?key"
              + "|-----begin|(://|unix:)[^@]*:[^@]*@",
          Pattern.CASE_INSENSITIVE);

  /** Behind a name that says so, before the sign of a user, or a token as it is. */
  private static final Pattern VALUE =
      Pattern.compile(
          "(?<=(passw|token|secret|invite)[\\w-]{0,20}=)[^\\s']+"
              + "|(?<=^|[/:\\s'\"])[^/:@\\s'\"]*:[^@'\"]+(?=@)"
              + "|(?<=ferry_)[\\w-]{20,}",
          Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  /** Whether a line may hold one. A harmless line taken for one is only not remembered. */
  public static boolean mayBeIn(String line) {
    return SECRET.matcher(line).find();
  }

  /** What was typed, to be shown in a message, without what may be a secret in it. */
  static String hidden(String typed) {
    return VALUE.matcher(typed).replaceAll("…");
  }
}
