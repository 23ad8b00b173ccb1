package dev.puck.consumer.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The files of {@code sql/}, which the jar carries. */
final class SqlFile {
  private SqlFile() {}

  static String read(String name) {
    try (@Nullable InputStream file = SqlFile.class.getResourceAsStream("/sql/" + name)) {
      if (file == null) {
        throw new IllegalStateException("The jar lacks sql/" + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
