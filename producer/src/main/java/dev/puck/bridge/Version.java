package dev.puck.bridge;

import static java.util.Objects.requireNonNullElse;

/** Puck's version, as its jar says. */
final class Version {
  private Version() {}

  static String text() {
    return requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "dev");
  }
}
