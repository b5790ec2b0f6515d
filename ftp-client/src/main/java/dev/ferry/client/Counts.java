package dev.ferry.client;

/** Sums of what a server says, which may be anything. */
public final class Counts {
  private Counts() {}

  /** The sum of two numbers from 0; the largest there is if it is larger. */
  public static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
