package dev.ferry.transfer.login;

import dev.ferry.protocol.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A secret that says what its holder may do (spec 5.8). Whoever has it can make a narrower one of
 * it, without asking anybody: its key is the HMAC of each further caveat under the key before, so
 * that a caveat is added and never taken away.
 *
 * @param id names it at the server that issued it; 8 bytes
 * @param caveats in the order they were added
 * @param key 32 bytes, which never leave the holder
 */
public record Token(Bytes id, List<Caveat> caveats, Bytes key) {
  public static final int ID_BYTES = 8;

  /** The most bytes of a token. */
  public static final int MOST_BYTES = 1024;

  private static final String PREFIX = "ferry_";
  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = 1 + ID_BYTES;

  public Token {
    caveats = List.copyOf(caveats);
  }

  /**
   * The token that a server issues, before anything is forbidden.
   *
   * @param secret what the server keeps for it
   */
  public static Token issue(Bytes id, Bytes secret) {
    return new Token(id, List.of(), Digests.hmac(secret, id));
  }

  /** A name for a new token. */
  public static Bytes newId() {
    return Digests.random(ID_BYTES);
  }

  /** What a server keeps for a new token. */
  public static Bytes newSecret() {
    return Digests.random(Digests.BYTES);
  }

  /**
   * The same, forbidding one thing more.
   *
   * @throws IllegalArgumentException if it gets too long
   */
  public Token narrowed(Caveat caveat) {
    List<Caveat> more = new ArrayList<>(caveats);
    more.add(caveat);
    int length = HEAD_BYTES + Digests.BYTES;
    for (Caveat each : more) {
      length += each.encoded().length();
    }
    if (length > MOST_BYTES) {
      throw new IllegalArgumentException("the token gets too long; ask for a narrower one");
    }
    return new Token(id, more, Digests.hmac(key, caveat.encoded()));
  }

  /**
   * Reads the text of a token.
   *
   * @throws IllegalArgumentException if it is none; says why, and nothing of the text
   */
  public static Token parse(String text) {
    String trimmed = text.strip();
    if (!trimmed.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a token begins with " + PREFIX);
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(trimmed.substring(PREFIX.length()));
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("the token is damaged: copy all of it");
    }
    if (bytes.length < HEAD_BYTES + Digests.BYTES || bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException("the token is cut off: copy all of it");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, bytes.length - Digests.BYTES);
    Token open = claims(in);
    byte[] key = new byte[Digests.BYTES];
    System.arraycopy(bytes, bytes.length - key.length, key, 0, key.length);
    return new Token(open.id, open.caveats, Bytes.of(key));
  }

  /** Reads what is no secret of a token. */
  static Token claims(ByteBuffer in) {
    try {
      if (in.get() != VERSION) {
        throw new IllegalArgumentException("the token is of a version that is not known here");
      }
      byte[] id = new byte[ID_BYTES];
      in.get(id);
      List<Caveat> caveats = new ArrayList<>();
      while (in.hasRemaining()) {
        caveats.add(Caveat.read(in));
      }
      return new Token(Bytes.of(id), caveats, Bytes.NONE);
    } catch (BufferUnderflowException _) {
      throw new IllegalArgumentException("the token is cut off: copy all of it");
    }
  }

  /** What is no secret: version, id and caveats, as they are sent. */
  Bytes claims() {
    ByteBuffer out = ByteBuffer.allocate(MOST_BYTES);
    out.put(VERSION).put(id.toArray());
    caveats.forEach(caveat -> out.put(caveat.encoded().toArray()));
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return Bytes.of(bytes);
  }

  /** The secret text: {@code ferry_…}. */
  public String text() {
    Bytes claims = claims();
    byte[] all =
        ByteBuffer.allocate(claims.length() + key.length())
            .put(claims.toArray())
            .put(key.toArray())
            .array();
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "Token[" + id + "]";
  }
}
