package dev.puck.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Data that lies beside the project and is no part of it. */
public final class SharedFile {
  private SharedFile() {}

  /** A file of it, such as {@code dream.xml}; a test that asks for it is skipped without. */
  public static Path of(String name) {
    Path file = Project.root().resolveSibling("shared").resolve("data").resolve(name);
    Assumptions.assumeTrue(
        Files.isReadable(file), () -> "skipped: " + file + " is not there, and it is not ours");
    return file;
  }
}
