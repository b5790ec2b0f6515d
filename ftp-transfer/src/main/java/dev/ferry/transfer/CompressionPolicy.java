package dev.ferry.transfer;

/**
 * Decides whether the next chunk is to be compressed, by what has been measured: only while the
 * chunks of a job arrive sooner that way. Compression begins where writing takes much longer than
 * compressing would, goes on while it pays, and is judged by the time that all of it takes, since a
 * slow reader looks like a slow link. What turned out to be useless is not tried again for a while,
 * each time twice as long. Shared by all connections of a job; knows no clock.
 */
final class CompressionPolicy {
  /** So much is written as it is before anything is decided, in bytes. */
  static final long SAMPLE = 512 << 10;

  /** So much is compressed before that is judged, in bytes. */
  static final long TRIAL = 2 << 20;

  /**
   * After so much of it, it is measured again what the link takes without, in bytes: each time
   * after twice as much, up to the second one.
   */
  static final long FIRST_RENEWAL = 8 << 20;

  static final long LAST_RENEWAL = 128 << 20;

  /** How long nothing is tried at first, and at most, in bytes. */
  static final long SHORT_REST = 1 << 20;

  static final long LONG_REST = 256 << 20;

  /** Writing has to cost so much more than compressing before that is tried. */
  private static final double WORTH_TRYING = 2;

  /** The same within one machine, where both ends share the processors and stall each other. */
  private static final double WORTH_TRYING_HERE = 10;

  /** What compressing has to save: a tenth, and afterwards at least a twentieth. */
  private static final double EXPECTED = 0.9;

  private static final double JUDGED = 0.95;

  /** Compressing is a small part of what takes so many times longer. */
  private static final double SMALL_PART = 4;

  // Costs are nanoseconds for each byte of content.
  private final double worthTrying;
  private double packing = 2;
  private double sampled;
  private double sampledWriting;
  private double sampledAll;
  private boolean blocked;
  private boolean on;
  private long rest;
  private long nextRest = SHORT_REST;
  private long tried;
  private long triedAll;
  private long sinceSample;
  private long renewal = FIRST_RENEWAL;

  /**
   * Nothing is measured yet.
   *
   * @param local whether the other end is on this machine
   */
  CompressionPolicy(boolean local) {
    worthTrying = local ? WORTH_TRYING_HERE : WORTH_TRYING;
  }

  /** Whether to compress the next chunk. */
  synchronized boolean compresses() {
    return on || (rest <= 0 && sampled >= SAMPLE && isWorthTrying(writing()));
  }

  private boolean isWorthTrying(double writing) {
    return writing > worthTrying * packing;
  }

  private double writing() {
    return sampledWriting / sampled;
  }

  /** A chunk was compressed, within so many nanoseconds. */
  synchronized void compressed(int length, int compressed, long nanos) {
    packing += ((double) nanos / length - packing) / 4;
    double expected = packing + writing() * compressed / length;
    if (expected > EXPECTED * writing()) {
      giveUp();
    } else if (!on) {
      on = true;
      tried = 0;
      triedAll = 0;
      sinceSample = 0;
    }
  }

  private void giveUp() {
    on = false;
    renewal = FIRST_RENEWAL;
    rest = nextRest;
    nextRest = Math.min(2 * nextRest, LONG_REST);
  }

  /**
   * A chunk was sent.
   *
   * @param writing nanoseconds that the connection took for it
   * @param all nanoseconds that everything took, from reading it
   */
  synchronized void sent(int length, boolean compressed, long writing, long all) {
    if (compressed) {
      judge(length, all);
    } else {
      sample(length, writing, all);
    }
  }

  /**
   * Where compressing is a small part of what all takes, the link is slow, and nothing is in doubt.
   * Else it has to have been of use, and is measured anew from time to time.
   */
  private void judge(int length, long all) {
    tried += length;
    triedAll += all;
    if (!on || tried < TRIAL) {
      return;
    }
    if (triedAll < SMALL_PART * packing * tried) {
      sinceSample += tried;
      if (triedAll > JUDGED * tried * sampledAll / sampled) {
        giveUp();
      } else if (sinceSample >= renewal) {
        on = false;
        renewal = Math.min(2 * renewal, LAST_RENEWAL);
        forget();
      }
    }
    if (on) {
      nextRest = SHORT_REST;
    }
    tried = 0;
    triedAll = 0;
  }

  /** The first bytes only fill the buffers on the way: what counts begins when writing blocks. */
  private void sample(int length, long writing, long all) {
    if (!blocked && isWorthTrying((double) writing / length)) {
      blocked = true;
      forget();
      return;
    }
    rest -= length;
    sampled += length;
    sampledWriting += writing;
    sampledAll += all;
    if (sampled >= 2 * SAMPLE) {
      sampled /= 2;
      sampledWriting /= 2;
      sampledAll /= 2;
    }
  }

  private void forget() {
    sampled = 0;
    sampledWriting = 0;
    sampledAll = 0;
  }
}
