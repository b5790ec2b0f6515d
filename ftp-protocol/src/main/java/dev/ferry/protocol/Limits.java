package dev.ferry.protocol;

import java.time.Duration;

/** The limits and times of the protocol (spec section 10). */
public final class Limits {
  /** Payload of any frame before WELCOME, in bytes. */
  public static final int PAYLOAD_BEFORE_LOGIN = 4 << 10;

  /** Payload of a control frame after WELCOME, in bytes. */
  public static final int PAYLOAD = 1 << 20;

  /** Bytes of a DATA payload that are not content, at most. */
  public static final int DATA_OVERHEAD = 64;

  /** The largest chunk that any file may have, in bytes. */
  public static final int LARGEST_CHUNK = 32 << 20;

  /** Text for people in an error, in bytes of UTF-8. */
  public static final int TEXT_BYTES = 1024;

  /** Arguments of one job. */
  public static final int ARGUMENTS = 1024;

  /** Requests that may be without a reply. */
  public static final int REQUESTS_OUTSTANDING = 64;

  /** Entries of a job that may be without RESULT or ENTRY-ERROR. */
  public static final int ENTRY_WINDOW = 65_536;

  /** Ranges of all WANTs of a job that may be without an answer. */
  public static final int RANGES = 262_144;

  /** Files of a job whose content has begun to come and has not ended. */
  public static final int FILES_BEGUN = 64;

  /** Connections that may join one job. */
  public static final int JOINED = 64;

  /** Bytes of a fingerprint, at most. */
  public static final int FINGERPRINT_BYTES = 32;

  /** From CHALLENGE to PROOF: hashing takes a slow machine that long. */
  public static final Duration PROOF_TIME = Duration.ofSeconds(30);

  /** From connection to complete LOGIN. */
  public static final Duration LOGIN_TIME = Duration.ofSeconds(10);

  /** Silence after which a peer that is waited for is lost. */
  public static final Duration SILENCE = Duration.ofSeconds(30);

  /** Silence after which a side that is waited for sends ALIVE. */
  public static final Duration ALIVE_EVERY = Duration.ofSeconds(10);

  /** One frame, from its first byte to its last. */
  public static final Duration FRAME_TIME = Duration.ofSeconds(60);

  /** Bytes that a peer takes in ten times as long while more is waiting for it. */
  public static final int LEAST_TAKEN = 600 << 10;

  /** How long the answer to ABORT is waited for. */
  public static final Duration ABORT_ANSWER = Duration.ofSeconds(10);

  private Limits() {}
}
