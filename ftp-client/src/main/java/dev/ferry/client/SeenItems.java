package dev.ferry.client;

import java.util.Arrays;
import java.util.List;

/**
 * Which items of a job were done in an earlier try: a set of 64-bit hashes, so that a million of
 * them fit into 16 MiB. Two items share a hash once in 10^7 jobs of a million items. Not safe for
 * use by several threads.
 */
final class SeenItems {
  private static final long FNV_BASIS = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;
  private static final char SEPARATOR = '/';

  private long[] table = new long[256];
  private int size;

  /** Adds an item; false if it was there. */
  boolean add(int argument, List<String> path) {
    if (!insert(hash(argument, path))) {
      return false;
    }
    size++;
    if (size > table.length / 2) {
      grow();
    }
    return true;
  }

  private boolean insert(long hash) {
    int at = (int) (hash >>> 32) & (table.length - 1);
    while (table[at] != 0) {
      if (table[at] == hash) {
        return false;
      }
      at = (at + 1) & (table.length - 1);
    }
    table[at] = hash;
    return true;
  }

  private void grow() {
    long[] smaller = table;
    table = new long[smaller.length * 2];
    Arrays.stream(smaller).filter(hash -> hash != 0).forEach(this::insert);
  }

  /** Never 0, which marks a free place. */
  private static long hash(int argument, List<String> path) {
    long hash = (FNV_BASIS ^ argument) * FNV_PRIME;
    for (String name : path) {
      for (int i = 0; i < name.length(); i++) {
        hash = (hash ^ name.charAt(i)) * FNV_PRIME;
      }
      hash = (hash ^ SEPARATOR) * FNV_PRIME;
    }
    hash ^= hash >>> 29;
    return hash == 0 ? 1 : hash;
  }
}
