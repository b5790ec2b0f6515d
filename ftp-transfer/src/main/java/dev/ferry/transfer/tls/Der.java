package dev.ferry.transfer.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** As much of DER (X.690) and of certificates (RFC 5280) as a self-signed one takes. */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_ID = 0x06;
  private static final int UTF8 = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int VERSION = 0xa0;

  private static final byte[] ECDSA_WITH_SHA256 =
      sequence(value(OBJECT_ID, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  private static final byte[] COMMON_NAME = value(OBJECT_ID, 0x55, 0x04, 0x03);

  private Der() {}

  // ---- writing

  /**
   * The part of a certificate that is signed: of version 3, for ever, without a purpose.
   *
   * @param publicKey a SubjectPublicKeyInfo
   */
  static byte[] unsigned(BigInteger serial, String name, byte[] publicKey) {
    byte[] names = sequence(value(SET, sequence(COMMON_NAME, text(UTF8, name))));
    return sequence(
        value(VERSION, value(INTEGER, 2)),
        value(INTEGER, serial.toByteArray()),
        ECDSA_WITH_SHA256,
        names,
        sequence(text(UTC_TIME, "200101000000Z"), text(TIME, "99991231235959Z")),
        names,
        publicKey);
  }

  /** The certificate with its signature by ECDSA with SHA-256. */
  static byte[] signed(byte[] unsigned, byte[] signature) {
    return sequence(unsigned, ECDSA_WITH_SHA256, value(BIT_STRING, new byte[] {0}, signature));
  }

  /**
   * A private key of PKCS #8 (RFC 5208) from one without its frame.
   *
   * @param algorithm as {@link #algorithmOf} finds it beside the public key
   */
  static byte[] pkcs8(byte[] algorithm, byte[] bare) {
    return sequence(value(INTEGER, 0), algorithm, value(OCTET_STRING, bare));
  }

  private static byte[] text(int tag, String text) {
    return value(tag, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, parts);
  }

  private static byte[] value(int tag, int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return value(tag, content);
  }

  private static byte[] value(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  // ---- reading

  /**
   * The SubjectPublicKeyInfo of a certificate, with its tag and length.
   *
   * @throws IOException if it is no certificate
   */
  static byte[] publicKeyOf(byte[] certificate) throws IOException {
    return part(certificate, 5);
  }

  /**
   * The name of whom a certificate is for, with its tag and length.
   *
   * @throws IOException if it is no certificate
   */
  static byte[] subjectOf(byte[] certificate) throws IOException {
    return part(certificate, 4);
  }

  /** Behind the version: serial, algorithm, issuer, validity, subject, key. */
  private static byte[] part(byte[] certificate, int index) throws IOException {
    ByteBuffer unsigned = enter(enter(ByteBuffer.wrap(certificate)));
    if (unsigned.hasRemaining() && unsigned.get(unsigned.position()) == (byte) VERSION) {
      element(unsigned);
    }
    for (int i = 0; i < index; i++) {
      element(unsigned);
    }
    return bytes(element(unsigned));
  }

  /** The AlgorithmIdentifier of a SubjectPublicKeyInfo, with its tag and length. */
  static byte[] algorithmOf(byte[] publicKey) throws IOException {
    return bytes(element(enter(ByteBuffer.wrap(publicKey))));
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    return bytes;
  }

  /** The content of the sequence that comes next. */
  private static ByteBuffer enter(ByteBuffer in) throws IOException {
    ByteBuffer whole = element(in);
    if (whole.get() != SEQUENCE) {
      throw broken();
    }
    length(whole);
    return whole;
  }

  /** What comes next, with its tag and length, which is passed. Never empty. */
  private static ByteBuffer element(ByteBuffer in) throws IOException {
    int start = in.position();
    if (in.remaining() < 2) {
      throw broken();
    }
    in.get();
    int length = length(in);
    ByteBuffer element = in.slice(start, in.position() - start + length);
    in.position(in.position() + length);
    return element;
  }

  private static int length(ByteBuffer in) throws IOException {
    int first = in.get() & 0xff;
    int bytes = first < 0x80 ? 0 : first & 0x7f;
    if (bytes > 3 || bytes > in.remaining() || first == 0x80) {
      throw broken();
    }
    int length = bytes == 0 ? first : 0;
    for (int i = 0; i < bytes; i++) {
      length = (length << 8) | (in.get() & 0xff);
    }
    if (length > in.remaining()) {
      throw broken();
    }
    return length;
  }

  private static IOException broken() {
    return new IOException("it is no X.509 certificate");
  }
}
