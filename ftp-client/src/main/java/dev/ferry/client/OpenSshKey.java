package dev.ferry.client;

import dev.ferry.protocol.Bytes;
import dev.ferry.transfer.login.PublicKey;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The text of OpenSSH's private keys (its PROTOCOL.key, {@code openssh-key-v1}), with one key in
 * each.
 *
 * @param publicKey the half that is never protected
 * @param seed the other half; null: it is protected by a passphrase
 */
record OpenSshKey(PublicKey publicKey, Bytes seed) {
  private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
  private static final String END = "-----END OPENSSH PRIVATE KEY-----";
  private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
  private static final String UNPROTECTED = "none";
  private static final int LINE = 70;
  private static final int BLOCK = 8;
  private static final String DAMAGED = "is damaged; make a new one with: ferry keygen";

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none of this kind; its message follows the file's
   *     name, and holds nothing of the text
   */
  static OpenSshKey parse(String text) {
    String stripped = text.strip();
    if (!stripped.startsWith(BEGIN)) {
      throw new IllegalArgumentException(
          "is no private key of OpenSSH; make one with: ferry keygen");
    }
    String rest = stripped.substring(BEGIN.length());
    if (!rest.endsWith(END)) {
      throw new IllegalArgumentException(DAMAGED);
    }
    String base64 = rest.substring(0, rest.length() - END.length());
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(DAMAGED);
    }
    try {
      return decode(ByteBuffer.wrap(bytes));
    } catch (BufferUnderflowException _) {
      throw new IllegalArgumentException(DAMAGED);
    }
  }

  private static OpenSshKey decode(ByteBuffer in) {
    if (!take(in, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
      throw new IllegalArgumentException(DAMAGED);
    }
    String cipher = text(field(in));
    field(in); // how the cipher's key is made of the passphrase
    field(in); // with what parameters
    if (in.getInt() != 1) {
      throw new IllegalArgumentException("holds several keys; one is taken");
    }
    PublicKey open = publicKey(field(in));
    ByteBuffer secret = field(in);
    return new OpenSshKey(open, cipher.equals(UNPROTECTED) ? seed(secret, open) : null);
  }

  private static PublicKey publicKey(ByteBuffer blob) {
    if (!text(field(blob.duplicate())).equals(PublicKey.KIND)) {
      throw new IllegalArgumentException(
          "is no %s key, the only kind that is taken; make one with: ferry keygen"
              .formatted(PublicKey.KIND));
    }
    try {
      return PublicKey.ofBlob(blob);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(DAMAGED);
    }
  }

  /** The seed, if all that is said of it agrees; the comment behind it is of no interest. */
  private static Bytes seed(ByteBuffer in, PublicKey open) {
    int check = in.getInt();
    boolean good = check == in.getInt();
    good &= text(field(in)).equals(PublicKey.KIND);
    ByteBuffer raw = ByteBuffer.wrap(open.raw().toArray());
    good &= field(in).equals(raw);
    ByteBuffer both = field(in);
    Bytes seed = bytes(take(both, PrivateKey.SEED_BYTES));
    if (!good || !both.equals(raw)) {
      throw new IllegalArgumentException(DAMAGED);
    }
    return seed;
  }

  /** The text of a key that is not protected. */
  static String text(PrivateKey key, String comment) {
    ByteArrayOutputStream secret = new ByteArrayOutputStream();
    byte[] check = new byte[Integer.BYTES];
    new SecureRandom().nextBytes(check);
    secret.writeBytes(check);
    secret.writeBytes(check);
    byte[] raw = key.publicKey().raw().toArray();
    add(secret, ascii(PublicKey.KIND));
    add(secret, raw);
    add(secret, ByteBuffer.allocate(2 * raw.length).put(key.seed().toArray()).put(raw).array());
    add(secret, comment.getBytes(StandardCharsets.UTF_8));
    for (int i = 1; secret.size() % BLOCK != 0; i++) {
      secret.write(i);
    }

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(MAGIC);
    add(out, ascii(UNPROTECTED));
    add(out, ascii(UNPROTECTED));
    add(out, new byte[0]);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(1).array());
    add(out, key.publicKey().blob().toArray());
    add(out, secret.toByteArray());
    return lines(Base64.getEncoder().encodeToString(out.toByteArray()));
  }

  private static String lines(String base64) {
    StringBuilder text = new StringBuilder(BEGIN).append('\n');
    for (int i = 0; i < base64.length(); i += LINE) {
      text.append(base64, i, Math.min(i + LINE, base64.length())).append('\n');
    }
    return text.append(END).append('\n').toString();
  }

  private static void add(ByteArrayOutputStream out, byte[] field) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
    out.writeBytes(field);
  }

  private static ByteBuffer field(ByteBuffer in) {
    return take(in, in.getInt());
  }

  private static ByteBuffer take(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer field = in.slice(in.position(), length);
    in.position(in.position() + length);
    return field;
  }

  private static Bytes bytes(ByteBuffer field) {
    byte[] bytes = new byte[field.remaining()];
    field.duplicate().get(bytes);
    return Bytes.of(bytes);
  }

  private static String text(ByteBuffer field) {
    return new String(bytes(field).toArray(), StandardCharsets.US_ASCII);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Never the seed. */
  @Override
  public String toString() {
    return "OpenSshKey[" + publicKey + "]";
  }
}
