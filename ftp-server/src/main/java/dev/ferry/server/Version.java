package dev.ferry.server;

/** Which Ferry this is. */
final class Version {
  /** As the jar says it, or {@code dev} where there is no jar. */
  static final String NUMBER = number();

  private Version() {}

  private static String number() {
    String number = Version.class.getPackage().getImplementationVersion();
    return number == null ? "dev" : number;
  }
}
