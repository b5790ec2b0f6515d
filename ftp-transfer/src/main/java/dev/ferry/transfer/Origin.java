package dev.ferry.transfer;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;

/**
 * Which state of which source a part was made from. Two parts of equal origin have the same
 * content, unless the source was changed behind its file system's back.
 *
 * @param size in bytes
 * @param modified nanoseconds since 1970 UTC
 * @param fingerprint as the sender announced it; without one nothing can be continued
 */
record Origin(long size, long modified, Bytes fingerprint) {
  static Origin of(Frame.Entry entry) {
    return new Origin(
        entry.attributes().size(), entry.attributes().modified(), entry.fingerprint());
  }
}
