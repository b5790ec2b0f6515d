package dev.ferry.transfer;

/**
 * What becomes of links in a source. Sockets, pipes and devices are skipped, or fail under {@link
 * #FAIL}. An argument that was named and is such a thing itself is never skipped, but fails.
 */
public enum LinkPolicy {
  SKIP,
  /** Only for sources on the client's side: the server's tree never follows links. */
  FOLLOW,
  FAIL
}
