package dev.puck.cli.demo.play;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Data that lies beside the project and is no part of it. */
final class SharedData {
  private SharedData() {}

  /** A Midsummer Night's Dream; a test that asks for it is skipped where it is absent. */
  static Play dream() {
    Path file = projectRoot().resolveSibling("shared").resolve("data").resolve("dream.xml");
    Assumptions.assumeTrue(
        Files.isReadable(file), () -> "skipped: " + file + " is not there, and it is not ours");
    return Play.file(file);
  }

  /** Tests run in a module's folder; the root's POM is the outermost one above it. */
  private static Path projectRoot() {
    Path root = Path.of("").toAbsolutePath();
    while (root.getParent() != null && Files.exists(root.getParent().resolve("pom.xml"))) {
      root = root.getParent();
    }
    return root;
  }
}
