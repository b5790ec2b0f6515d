package dev.ferry.transfer.login;

import dev.ferry.protocol.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What logs in with a key (spec 5.7): the public key, a nonce, and a signature of both, the user
 * and the server.
 */
public record KeyProof(PublicKey key, Bytes nonce, Bytes signature) {
  private static final String LABEL = "ferry login by key";
  private static final int BYTES = PublicKey.BYTES + Scram.NONCE_BYTES + PublicKey.SIGNATURE_BYTES;

  static KeyProof make(Signer signer, Binding binding, String user) throws IOException {
    Bytes nonce = Scram.nonce();
    Bytes signature = signer.sign(statement(signer.publicKey(), nonce, binding, user));
    return new KeyProof(signer.publicKey(), nonce, signature);
  }

  /**
   * Takes apart what LOGIN carries.
   *
   * @param proof 128 bytes
   */
  public static KeyProof parse(Bytes proof) {
    ByteBuffer in = ByteBuffer.wrap(proof.toArray());
    return new KeyProof(
        new PublicKey(take(in, PublicKey.BYTES)),
        take(in, Scram.NONCE_BYTES),
        take(in, PublicKey.SIGNATURE_BYTES));
  }

  private static Bytes take(ByteBuffer in, int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return Bytes.of(bytes);
  }

  /** Whether the key's holder wants to be this user, at this server. */
  public boolean isFor(Binding binding, String user) {
    return key.verifies(statement(key, nonce, binding, user), signature);
  }

  private static Bytes statement(PublicKey key, Bytes nonce, Binding binding, String user) {
    return new Statement(LABEL, binding).with(user).with(key.raw()).with(nonce).bytes();
  }

  Bytes bytes() {
    return Bytes.of(
        ByteBuffer.allocate(BYTES)
            .put(key.raw().toArray())
            .put(nonce.toArray())
            .put(signature.toArray())
            .array());
  }
}
