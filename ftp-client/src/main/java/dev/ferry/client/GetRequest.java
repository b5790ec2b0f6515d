package dev.ferry.client;

import dev.ferry.transfer.LinkPolicy;
import java.nio.file.Path;
import java.util.List;

/**
 * What to bring here, and where to: as {@code cp -r} does it.
 *
 * @param sources at least one
 * @param target an existing folder receives the sources under their names; otherwise the one source
 *     becomes it
 * @param folder whether the target is to be a folder, made with its parents if missing
 * @param rules with links not FOLLOW, which a server does not do
 */
public record GetRequest(
    List<RemotePath> sources, Path target, boolean folder, boolean recursive, Rules rules) {

  public GetRequest {
    sources = List.copyOf(sources);
    if (sources.isEmpty() || rules.links() == LinkPolicy.FOLLOW) {
      throw new IllegalArgumentException("no sources, or links to be followed by the server");
    }
  }
}
