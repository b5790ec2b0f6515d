package dev.ferry.client.shell;

import java.util.regex.Pattern;

/** Tells lines that may hold a secret. A harmless line taken for one is only not remembered. */
final class Secrets {
  private static final Pattern SECRET =
      Pattern.compile(
          "passw|passphrase|passcode|secret|token|credential|api[-_]?key|-----begin|://[^@]*:[^@]*@",
          Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  static boolean mayBeIn(String line) {
    return SECRET.matcher(line).find();
  }
}
