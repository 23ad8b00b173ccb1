package dev.puck.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The few things we do with directories. */
final class Directories {
  private static final int DELETE_ATTEMPTS = 5;

  private Directories() {}

  /** Makes the directory and its parents where they are missing. */
  static Path create(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new directory that others may pass through, so that servers of another user reach theirs. */
  static Path createTemporary(String prefix) {
    try {
      Path directory = Files.createTempDirectory(prefix);
      setPermissions(directory, "rwx--x--x");
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets permissions written as {@code rwxr-xr-x}. */
  static void setPermissions(Path path, String permissions) {
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the directory with all it holds, following no links; a missing one is fine. */
  static void delete(Path directory) {
    for (int attempt = 1; Files.exists(directory); attempt++) {
      try {
        deleteOnce(directory);
      } catch (UncheckedIOException e) {
        // A dying process may still add a file behind us: try again, but not for ever.
        if (attempt == DELETE_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static void deleteOnce(Path directory) {
    for (Path path : deepestFirst(directory)) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static List<Path> deepestFirst(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
