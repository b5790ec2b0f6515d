package dev.ferry.protocol;

import dev.ferry.protocol.Frame.Item;
import dev.ferry.protocol.Frame.Range;
import dev.ferry.protocol.Frame.Result;
import dev.ferry.protocol.Frame.SourcePath;
import dev.ferry.protocol.Frame.Want;
import java.util.List;

/**
 * Writes the fields of each control frame, in the order of the specification. The mirror of {@link
 * FrameDecoder}. A value beyond the limit of its field is a defect of the caller, never cut short
 * on the wire.
 */
final class FrameEncoder {
  private FrameEncoder() {}

  static void encode(Frame frame, FieldWriter out) {
    switch (frame) {
      case Frame.Greeting f -> encodeGreeting(f, out);
      case Frame.Failure f -> out.u16(f.reason().code()).u8(f.component()).text(f.reason().text());
      case Frame.ListFolder f ->
          out.u8(
                  (f.recursive() ? FrameCodec.RECURSIVE : 0)
                      | (f.hidden() ? FrameCodec.HIDDEN : 0)
                      | (f.pattern() ? FrameCodec.PATTERN : 0))
              .path(f.path());
      case Frame.Stat f -> out.path(f.path());
      case Frame.MakeFolder f -> out.bool(f.parents()).path(f.path());
      case Frame.Remove f -> out.bool(f.recursive()).path(f.path());
      case Frame.Rename f -> out.path(f.from()).path(f.to());
      case Frame.Checksum f -> out.path(f.path());
      case Frame.Ok f -> out.u64(f.count());
      case Frame.Items f -> encodeItems(f.items(), out);
      case Frame.ListEnd f -> out.u64(f.items()).u64(f.unreadable());
      case Frame.Attributes f -> out.attributes(f.attributes());
      case Frame.Sum f -> out.u64(f.size()).bytes(f.sha256(), FrameCodec.SHA256_BYTES);
      case Frame.Join f -> out.u32(f.job());
      case Frame.Ticket f -> out.bytes(f.secret(), FrameCodec.TICKET_BYTES);
      case Frame.Get f -> encodeGet(f, out);
      case Frame.Put f ->
          out.u8((f.folder() ? FrameCodec.FOLDER : 0) | (f.checksum() ? FrameCodec.CHECKSUM : 0))
              .choice(f.overwrite())
              .choice(f.durability())
              .path(f.target())
              .strings(f.names(), Limits.ARGUMENTS, 0xFFFF);
      case Frame.Job f -> out.choice(f.mode());
      case Frame.Entry f ->
          out.u32(f.number())
              .u16(f.argument())
              .path(f.path())
              .attributes(f.attributes())
              .bytes8(f.fingerprint(), Limits.FINGERPRINT_BYTES);
      case Frame.EntryError f -> encodeEntryError(f, out);
      case Frame.JobEnd f -> out.u32(f.entries()).u64(f.bytes());
      case Frame.Wants f -> encodeWants(f.wants(), out);
      case Frame.Results f -> encodeResults(f.results(), out);
      case Frame.JobDone f ->
          out.u32(f.done()).u32(f.unchanged()).u32(f.skipped()).u32(f.failed()).u64(f.bytes());
      case Frame.Abort f -> out.reason(f.reason());
      case Frame.Alive _, Frame.Ping _, Frame.Quit _, Frame.Issue _ -> {
        // no payload
      }
    }
  }

  private static void encodeGreeting(Frame.Greeting frame, FieldWriter out) {
    switch (frame) {
      case Frame.Hello f ->
          out.bytes(FrameCodec.MAGIC, FrameCodec.MAGIC.length())
              .u16(f.lowest())
              .u16(f.highest())
              .string(f.software(), FrameCodec.SOFTWARE_BYTES)
              .strings(f.features(), FrameCodec.FEATURES, FrameCodec.FEATURE_BYTES);
      case Frame.Login f -> out.u8(f.method()).string(f.user(), 0xFFFF).bytes16(f.proof());
      case Frame.Welcome f ->
          out.choice(f.role())
              .string(f.session(), FrameCodec.SESSION_BYTES)
              .u32(f.idleSeconds())
              .bytes8(f.proof(), FrameCodec.PROOF_BYTES);
      case Frame.Challenge f ->
          out.bytes(f.nonce(), FrameCodec.NONCE_BYTES).bytes8(f.salt(), 0xFF).u32(f.iterations());
      case Frame.Proof f -> out.bytes(f.proof(), FrameCodec.PROOF_BYTES);
      case Frame.Busy f -> out.u8(f.draining() ? 2 : 1).u16(f.retrySeconds()).text(f.text());
    }
  }

  private static void encodeItems(List<Item> items, FieldWriter out) {
    out.count(items.size(), 0xFFFF);
    for (Item item : items) {
      out.path(item.path()).attributes(item.attributes()).u16(item.error());
    }
  }

  private static void encodeGet(Frame.Get get, FieldWriter out) {
    out.choice(get.mode())
        .bool(get.recursive())
        .bool(get.failOnLinks())
        .count(get.sources().size(), Limits.ARGUMENTS);
    for (SourcePath source : get.sources()) {
      out.bool(source.pattern()).path(source.path());
    }
  }

  private static void encodeEntryError(Frame.EntryError error, FieldWriter out) {
    out.u32(error.number())
        .choice(error.status())
        .reason(error.reason())
        .u16(error.argument())
        .path(error.path());
  }

  private static void encodeWants(List<Want> wants, FieldWriter out) {
    out.count(wants.size(), 0xFFFF);
    for (Want want : wants) {
      out.u32(want.entry());
      if (want.ranges() == null) {
        out.u16(FrameCodec.EVERYTHING);
        continue;
      }
      out.count(want.ranges().size(), FrameCodec.EVERYTHING - 1);
      for (Range range : want.ranges()) {
        out.u64(range.offset()).u64(range.length());
      }
    }
  }

  private static void encodeResults(List<Result> results, FieldWriter out) {
    out.count(results.size(), 0xFFFF);
    for (Result result : results) {
      out.u32(result.first()).u32(result.count()).choice(result.status());
      if (result.status() == Frame.Status.FAILED) {
        out.reason(result.reason());
      }
    }
  }
}
