package dev.ferry.client;

import java.util.List;

/**
 * What to bring there, and where to: as {@code cp -r} does it.
 *
 * @param sources at least one
 * @param target no pattern; if it ends in a slash it is made with its parents if missing
 */
public record PutRequest(
    List<LocalSource> sources, RemotePath target, boolean recursive, Rules rules) {

  public PutRequest {
    sources = List.copyOf(sources);
    if (sources.isEmpty() || target.pattern()) {
      throw new IllegalArgumentException("no sources, or several targets");
    }
  }
}
