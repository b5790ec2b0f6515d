package dev.ferry.transfer.login;

import dev.ferry.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What is signed (spec 5.5): a label that no other statement begins with, the server that it is
 * made for, and fields, each behind its length, so that no two statements have the same bytes.
 */
final class Statement {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Statement(String label, Binding binding) {
    bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    bytes.write(0);
    bytes.writeBytes(binding.server().toArray());
  }

  Statement with(Bytes field) {
    bytes.writeBytes(ByteBuffer.allocate(2).putShort((short) field.length()).array());
    bytes.writeBytes(field.toArray());
    return this;
  }

  Statement with(String field) {
    return with(Bytes.of(field.getBytes(StandardCharsets.UTF_8)));
  }

  Statement with(int field) {
    return with(Bytes.of(ByteBuffer.allocate(Integer.BYTES).putInt(field).array()));
  }

  Bytes bytes() {
    return Bytes.of(bytes.toByteArray());
  }
}
