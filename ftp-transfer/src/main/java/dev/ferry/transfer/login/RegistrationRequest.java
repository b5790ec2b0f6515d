package dev.ferry.transfer.login;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What asks for a new account (spec 5.9): what the server will know of its password, which it never
 * sees, and an invitation if one is needed.
 *
 * @param invitation empty: none
 */
public record RegistrationRequest(Scram.Verifier verifier, Bytes invitation) {
  private static final int BYTES = Scram.SALT_BYTES + Integer.BYTES + 2 * Digests.BYTES;

  static Bytes encode(Scram.Verifier verifier, Bytes invitation) {
    return Bytes.of(
        ByteBuffer.allocate(BYTES + invitation.length())
            .put(verifier.salt().toArray())
            .putInt(verifier.iterations())
            .put(verifier.storedKey().toArray())
            .put(verifier.serverKey().toArray())
            .put(invitation.toArray())
            .array());
  }

  /**
   * Takes apart what LOGIN carries.
   *
   * @param proof 84 to 148 bytes
   */
  public static RegistrationRequest parse(Bytes proof) throws ProtocolException {
    byte[] bytes = proof.toArray();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Bytes salt = take(in, Scram.SALT_BYTES);
    int iterations = in.getInt();
    if (iterations != Scram.ITERATIONS) {
      throw new ProtocolException(
          "a new password is hashed %d times, not %d (spec 5.9)"
              .formatted(Scram.ITERATIONS, iterations));
    }
    Scram.Verifier verifier =
        new Scram.Verifier(salt, iterations, take(in, Digests.BYTES), take(in, Digests.BYTES));
    return new RegistrationRequest(
        verifier, Bytes.of(Arrays.copyOfRange(bytes, in.position(), bytes.length)));
  }

  private static Bytes take(ByteBuffer in, int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return Bytes.of(bytes);
  }
}
