package dev.ferry.transfer.tls;

import dev.ferry.protocol.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server has proved to be: it holds the private key of its certificate.
 *
 * @param fingerprint of that key
 * @param chain the certificate in DER, and behind it whatever else the server said, which proves
 *     nothing
 */
public record ServerIdentity(KeyFingerprint fingerprint, List<Bytes> chain) {

  public ServerIdentity {
    chain = List.copyOf(chain);
  }

  /**
   * From certificates in DER.
   *
   * @throws IOException if the first is none
   */
  static ServerIdentity of(List<byte[]> certificates) throws IOException {
    List<Bytes> chain = new ArrayList<>();
    for (byte[] certificate : certificates) {
      chain.add(Bytes.of(certificate));
    }
    return new ServerIdentity(KeyFingerprint.of(certificates.getFirst()), chain);
  }
}
