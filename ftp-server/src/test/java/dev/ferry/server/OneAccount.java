package dev.ferry.server;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.account.Account;
import dev.ferry.server.account.Account.Access;
import dev.ferry.server.account.Accounts;
import dev.ferry.server.account.IssuedToken;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.login.PublicKey;
import dev.ferry.transfer.login.RegistrationRequest;
import dev.ferry.transfer.login.Scram;
import dev.ferry.transfer.login.Signer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;

/**
 * The accounts of a server that knows alice, with a password and a key, and bob, who is locked and
 * has the same ones.
 */
final class OneAccount implements Accounts {
  private static final Bytes PASSWORD = Scram.password("correct horse".toCharArray());

  /** Takes a while, so it is made once. */
  private static final Scram.Verifier VERIFIER = Scram.Verifier.of(PASSWORD);

  private final OneKey key = new OneKey();

  /** With it alice logs in; what takes long to make of it is made once. */
  final Credential password = new Credential.Password("alice", PASSWORD);

  Credential key() {
    return new Credential.Key("alice", key);
  }

  @Override
  public Account find(String name) throws IOException {
    return switch (name) {
      case "alice" -> account(name, false);
      case "bob" -> account(name, true);
      default -> null;
    };
  }

  private Account account(String name, boolean locked) {
    Access access = new Access(Role.WRITER, TreePath.ROOT, locked);
    return new Account(name, access, VERIFIER, List.of(key.publicKey()));
  }

  @Override
  public IssuedToken token(Bytes id) {
    return null;
  }

  @Override
  public Bytes inventionSecret() {
    return NONE.inventionSecret();
  }

  @Override
  public Account register(String name, RegistrationRequest request) throws IOException {
    return NONE.register(name, request);
  }

  @Override
  public long spend(String budget, long bytes) throws IOException {
    return NONE.spend(budget, bytes);
  }

  /** A key pair in memory. */
  private static final class OneKey implements Signer {
    private static final int ENCODED_HEAD = 12;
    private final KeyPair pair;

    OneKey() {
      try {
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public PublicKey publicKey() {
      byte[] encoded = pair.getPublic().getEncoded();
      return new PublicKey(Bytes.of(Arrays.copyOfRange(encoded, ENCODED_HEAD, encoded.length)));
    }

    @Override
    public Bytes sign(Bytes message) throws IOException {
      try {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(message.toArray());
        return Bytes.of(signature.sign());
      } catch (GeneralSecurityException e) {
        throw new IOException(e);
      }
    }
  }
}
