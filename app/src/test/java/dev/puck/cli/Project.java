package dev.puck.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the project's own files from a test. */
final class Project {
  private Project() {}

  /** The folder that holds all modules. */
  static Path root() {
    @Nullable Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isRegularFile(folder.resolve("puck"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("Not inside the project: " + Path.of("").toAbsolutePath());
    }
    return folder;
  }
}
