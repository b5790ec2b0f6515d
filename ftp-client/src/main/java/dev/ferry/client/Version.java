package dev.ferry.client;

import java.util.Objects;

/** Which Ferry this is. */
public final class Version {
  /** As in the jar's manifest: {@code 0.1.0}; {@code development} outside of a jar. */
  public static final String NUMBER =
      Objects.requireNonNullElse(
          Version.class.getPackage().getImplementationVersion(), "development");

  private Version() {}
}
