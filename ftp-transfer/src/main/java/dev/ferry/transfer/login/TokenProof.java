package dev.ferry.transfer.login;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.RefusedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What logs in with a token (spec 5.8): everything of it but its key, a nonce, and what the key
 * makes of them and the server.
 */
public final class TokenProof {
  private static final String OF_CLIENT = "ferry login by token";
  private static final String OF_SERVER = "ferry server of token";
  private static final int TAIL_BYTES = Scram.NONCE_BYTES + Digests.BYTES;

  private final Token claims;
  private final Bytes nonce;
  private final Bytes mac;

  private TokenProof(Token claims, Bytes nonce, Bytes mac) {
    this.claims = claims;
    this.nonce = nonce;
    this.mac = mac;
  }

  static TokenProof make(Token token, Binding binding) {
    Bytes nonce = Scram.nonce();
    return new TokenProof(token, nonce, mac(OF_CLIENT, token, nonce, binding));
  }

  private static Bytes mac(String label, Token token, Bytes nonce, Binding binding) {
    return Digests.hmac(
        token.key(), new Statement(label, binding).with(token.claims()).with(nonce).bytes());
  }

  /**
   * Takes apart what LOGIN carries.
   *
   * @param proof 73 to 1,056 bytes
   * @throws RefusedException if it is no proof of a token, or of one that forbids something unknown
   */
  public static TokenProof parse(Bytes proof) throws RefusedException {
    byte[] bytes = proof.toArray();
    int end = bytes.length - TAIL_BYTES;
    try {
      return new TokenProof(
          Token.claims(ByteBuffer.wrap(bytes, 0, end)),
          Bytes.of(Arrays.copyOfRange(bytes, end, end + Scram.NONCE_BYTES)),
          Bytes.of(Arrays.copyOfRange(bytes, end + Scram.NONCE_BYTES, bytes.length)));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(ErrorCode.LOGIN_REFUSED, e.getMessage());
    }
  }

  /** Which token it claims to be of. */
  public Bytes id() {
    return claims.id();
  }

  /**
   * The token, with the key that the server finds for it.
   *
   * @param secret what the server keeps for the id
   * @return null if the proof is of another token, or made for another server
   */
  public Token verified(Bytes secret, Binding binding) {
    Token token = Token.issue(claims.id(), secret);
    List<Caveat> caveats = claims.caveats();
    for (Caveat caveat : caveats) {
      token = token.narrowed(caveat);
    }
    return Digests.same(mac, mac(OF_CLIENT, token, nonce, binding)) ? token : null;
  }

  /** What shows the client that the server knows its token. */
  public Bytes signature(Token token, Binding binding) {
    return mac(OF_SERVER, token, nonce, binding);
  }

  Bytes bytes() {
    Bytes open = claims.claims();
    return Bytes.of(
        ByteBuffer.allocate(open.length() + TAIL_BYTES)
            .put(open.toArray())
            .put(nonce.toArray())
            .put(mac.toArray())
            .array());
  }
}
