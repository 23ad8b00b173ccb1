package dev.puck.cli.demo.play;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A play in Jon Bosak's XML format, as a file or on the class path.
 *
 * <p>It can be opened any number of times; nothing of it is kept in memory.
 */
public final class Play {
  private static final String HAMLET = "/org/exist/samples/shakespeare/hamlet.xml";

  private final String name;
  private final Source source;

  private Play(String name, Source source) {
    this.name = name;
    this.source = source;
  }

  /** The default: Hamlet, read from the jar of exist-samples. */
  public static Play hamlet() {
    return resource(HAMLET);
  }

  /** A file of the user's, as given by {@code --play}. */
  public static Play file(Path file) {
    return new Play(file.toString(), () -> Files.newInputStream(file));
  }

  /** A play on the class path, by its absolute path there. */
  public static Play resource(String path) {
    return new Play(path, () -> openResource(path));
  }

  /** The name that messages to the user call it by. */
  public String name() {
    return name;
  }

  /**
   * Starts reading it from the beginning; the caller closes the reader.
   *
   * @throws PlayException when it cannot be read, or is not a play
   */
  public PlayReader open() {
    try {
      return PlayReader.open(name, source.open());
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw PlayException.unreadable(name, "there is no such file", e);
    } catch (IOException e) {
      throw PlayException.unreadable(name, e.toString(), e);
    }
  }

  /**
   * Reads it through once, so that a broken file is found before anything is done with it.
   *
   * @throws PlayException when it cannot be read to its end, or is not a play
   */
  int countSpeeches() {
    try (PlayReader reader = open()) {
      int speeches = 0;
      while (reader.next().isPresent()) {
        speeches++;
      }
      return speeches;
    }
  }

  private static InputStream openResource(String path) throws FileNotFoundException {
    InputStream resource = Play.class.getResourceAsStream(path);
    if (resource == null) {
      throw new FileNotFoundException(path);
    }
    return resource;
  }

  @FunctionalInterface
  private interface Source {
    InputStream open() throws IOException;
  }
}
