package dev.ferry.client;

/** What a name stands for (spec section 4). */
public enum FileKind {
  FILE,
  FOLDER,
  LINK,
  /** A socket, pipe or device. */
  OTHER
}
