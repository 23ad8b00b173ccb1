package dev.puck.lab.bench.peer;

import dev.puck.service.config.ConfigException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where Debezium and what runs it are. They are no part of Puck: the module {@code peers} of its
 * source tree has them, and Maven fetches and compiles them.
 */
public final class PeerClassPath {
  private static final Path MODULE = Path.of("peers", "pom.xml");
  private static final String FILE = "target/class-path";

  private PeerClassPath() {}

  /**
   * Builds the module, and says what its class path is.
   *
   * @throws ConfigException if there is no source tree or no Maven
   */
  public static String build() throws InterruptedException {
    Path tree = tree().orElseThrow(PeerClassPath::noTree);
    Path log = tree.resolve("peers/target/bench-build.log");
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Process maven =
          new ProcessBuilder(
                  "mvn",
                  "-B",
                  "-q",
                  "-Dquick",
                  "-pl",
                  "peers",
                  "-am",
                  "test-compile",
                  "dependency:build-classpath",
                  "-Dmdep.includeScope=runtime",
                  "-Dmdep.outputFile=" + FILE)
              .directory(tree.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      maven.getOutputStream().close();
      if (maven.waitFor() != 0) {
        throw new ConfigException("Maven could not build peers; see " + log);
      }
      Path module = tree.resolve("peers");
      return module.resolve("target/classes")
          + File.pathSeparator
          + Files.readString(module.resolve(FILE)).strip();
    } catch (IOException e) {
      throw new ConfigException(
          "mvn could not be run, which fetches and compiles Debezium: " + e.getMessage());
    }
  }

  /** The working directory or one above, else one above the jar. */
  private static Optional<Path> tree() {
    List<Path> begins = new ArrayList<>();
    begins.add(Path.of("").toAbsolutePath());
    for (String each : System.getProperty("java.class.path").split(File.pathSeparator, 2)) {
      begins.add(Path.of(each).toAbsolutePath());
    }
    return begins.stream().flatMap(PeerClassPath::andAbove).filter(PeerClassPath::has).findFirst();
  }

  private static Stream<Path> andAbove(Path begin) {
    return Stream.iterate(begin, path -> path != null, path -> path.getParent());
  }

  private static boolean has(Path directory) {
    return Files.isRegularFile(directory.resolve(MODULE));
  }

  private static ConfigException noTree() {
    return new ConfigException(
        "No source tree of Puck (with "
            + MODULE
            + ") is here or above; 'puck bench peers' needs it, and Maven, to run Debezium. Change"
            + " to it, or use its ./puck.");
  }
}
