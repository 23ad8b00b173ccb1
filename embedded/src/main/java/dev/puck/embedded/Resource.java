package dev.puck.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Files of ours that other programs read. */
final class Resource {
  private Resource() {}

  /** Copies one of this package's resources to a directory, over an older one. */
  static Path copyTo(Path directory, String name) {
    Path file = directory.resolve(name);
    try (InputStream in = Objects.requireNonNull(Resource.class.getResourceAsStream(name), name)) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
