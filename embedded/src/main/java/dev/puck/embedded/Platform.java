package dev.puck.embedded;

import java.util.Locale;

/** This machine, in the words of the jar with the PostgreSQL binaries. */
final class Platform {
  private Platform() {}

  /** For example {@code linux-x86_64}. */
  static String name() {
    return name(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static String name(String operatingSystem, String architecture) {
    return system(operatingSystem.toLowerCase(Locale.ROOT)) + "-" + machine(architecture);
  }

  private static String system(String operatingSystem) {
    if (operatingSystem.startsWith("linux")) {
      return "linux";
    }
    if (operatingSystem.startsWith("mac")) {
      return "darwin";
    }
    throw new ServerException(
        "Embedded servers run on Linux and macOS, not on '" + operatingSystem + "'");
  }

  private static String machine(String architecture) {
    return switch (architecture) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default ->
          throw new ServerException(
              "Embedded servers run on x86_64 and arm64, not on '" + architecture + "'");
    };
  }
}
