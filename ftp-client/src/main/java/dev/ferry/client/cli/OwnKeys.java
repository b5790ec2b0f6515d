package dev.ferry.client.cli;

import java.nio.file.Path;
import java.util.Map;

/** The keys that a person has, in the order they are tried. */
final class OwnKeys {
  private OwnKeys() {}

  /** Where a key of Ferry's own is kept. */
  static Path usual(Map<String, String> environment) {
    return ConfigFolder.of(environment).resolve("id_ed25519");
  }
}
