package dev.ferry.client.cli;

import dev.ferry.client.KeyFiles;
import dev.ferry.client.ProtectedKeyException;
import dev.ferry.client.SshAgent;
import dev.ferry.transfer.login.PublicKey;
import dev.ferry.transfer.login.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys that a person has, in the order they are tried. */
final class OwnKeys {
  /** More tries at once look like an attack. */
  private static final int MOST = 3;

  private final Map<String, String> environment;
  private final Map<PublicKey, Signer> found = new LinkedHashMap<>();
  private final List<String> unusable = new ArrayList<>();

  private OwnKeys(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Those in the usual places: Ferry's own, those of ssh-agent, OpenSSH's. */
  static OwnKeys find(Map<String, String> environment) {
    OwnKeys keys = new OwnKeys(environment);
    keys.addFile(usual(environment));
    keys.addAgent();
    String home = environment.getOrDefault("HOME", "");
    if (!home.isEmpty()) {
      keys.addFile(Path.of(home, ".ssh", "id_ed25519"));
    }
    return keys;
  }

  /**
   * The one key in a file, or from ssh-agent if a passphrase protects the file.
   *
   * @throws IOException if there is none to be had
   */
  static Signer in(Path file, Map<String, String> environment) throws IOException {
    try {
      return KeyFiles.read(file);
    } catch (ProtectedKeyException e) {
      OwnKeys keys = new OwnKeys(environment);
      keys.addAgent();
      Signer signer = keys.found.get(e.key());
      if (signer == null) {
        throw e;
      }
      return signer;
    }
  }

  /** Where a key of Ferry's own is kept. */
  static Path usual(Map<String, String> environment) {
    return ConfigFolder.of(environment).resolve("id_ed25519");
  }

  private void addFile(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      add(KeyFiles.read(file));
    } catch (ProtectedKeyException e) {
      if (!found.containsKey(e.key())) {
        unusable.add(e.getMessage());
      }
    } catch (IOException e) {
      unusable.add(Failure.of(e).text());
    }
  }

  private void addAgent() {
    String socket = environment.getOrDefault("SSH_AUTH_SOCK", "");
    if (socket.isEmpty()) {
      return;
    }
    try {
      SshAgent.at(Path.of(socket)).keys().forEach(this::add);
    } catch (IOException e) {
      unusable.add(Failure.of(e).text());
    }
  }

  private void add(Signer key) {
    found.putIfAbsent(key.publicKey(), key);
  }

  /** The first few of them, each once. */
  List<Signer> all() {
    return found.values().stream().limit(MOST).toList();
  }

  /** Why there are not more; may be printed as it is. */
  List<String> unusable() {
    return unusable;
  }
}
