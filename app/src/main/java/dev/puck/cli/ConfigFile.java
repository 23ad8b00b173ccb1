package dev.puck.cli;

import dev.puck.service.config.ConfigException;
import dev.puck.service.config.ConfigLoader;
import dev.puck.service.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the configuration file. */
final class ConfigFile {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "puck.yaml",
      description = "The configuration; default: ${DEFAULT-VALUE}. See docs/configuration.md.")
  private Path file = Path.of("puck.yaml");

  /**
   * Reads the file.
   *
   * @throws ConfigException with every problem, each with the file's name before it
   */
  PuckConfig load() {
    return named(loader -> loader.load(file, PuckConfig.class));
  }

  /**
   * Reads one group, such as {@code bridge.postgres}, and looks at no other.
   *
   * @throws ConfigException with every problem, each with the file's name before it
   */
  <T extends Record> T loadGroup(String group, Class<T> type) {
    return named(loader -> loader.loadGroup(file, group, type));
  }

  private <T> T named(Function<ConfigLoader, T> load) {
    try {
      return load.apply(new ConfigLoader(System.getenv()));
    } catch (ConfigException e) {
      throw new ConfigException(e.problems().stream().map(this::inFile).toList());
    }
  }

  /** Whether there is one. */
  boolean exists() {
    return Files.exists(file);
  }

  /** The section that a command needs. */
  <T> T require(@Nullable T section, String name) {
    if (section == null) {
      throw new ConfigException(
          file + ": " + name + " is missing; add the section '" + name + ":'.");
    }
    return section;
  }

  /** The loader itself names the file where the file as a whole is wrong. */
  private Problem inFile(Problem problem) {
    boolean named = problem.path().startsWith(file.toString());
    return named ? problem : new Problem("", file + ": " + problem);
  }
}
