package dev.puck.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a server's supervisor notes its process id for as long as it runs.
 *
 * @param path the file; it need not exist
 */
record PidFile(Path path) {

  /** Whether a process id is noted. */
  boolean exists() {
    return read().isPresent();
  }

  /** The process noted, where there is one. */
  Optional<ProcessHandle> process() {
    return read().flatMap(ProcessHandle::of);
  }

  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Long> read() {
    try {
      String text = Files.readString(path);
      // Without its newline the number may be half written.
      return text.matches("\\d+\n") ? Optional.of(Long.parseLong(text.strip())) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
