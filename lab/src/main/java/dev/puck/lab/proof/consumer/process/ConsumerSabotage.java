package dev.puck.lab.proof.consumer.process;

import dev.puck.consumer.ConsumerHooks;
import dev.puck.consumer.projection.Projection;
import dev.puck.consumer.projection.ProjectionKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What a consumer on trial does wrong on purpose, so that the proof can show that it would notice.
 */
public enum ConsumerSabotage {
  /** Nothing: the consumer as it is. */
  NONE,
  /** It writes to Redis whatever it has, whether that is newer than what is there or not. */
  UNGUARDED_SET,
  /** It commits what a summary counts first, and then the offsets. */
  OFFSETS_LATE;

  private static final String SCRIPT = "dev/puck/consumer/cache/write.lua";

  /** The hooks of a consumer that does so. */
  ConsumerHooks hooks(Traps traps) {
    return new ConsumerHooks(
        projection -> {
          Projection trapped = new TrappedProjection(projection, traps);
          boolean late = this == OFFSETS_LATE && projection.kind() == ProjectionKind.SUMMARY;
          return late ? new LateOffsets(trapped) : trapped;
        });
  }

  /**
   * Its class path. What compares versions is a script, and another one lies before it.
   *
   * @param directory where that may be written
   */
  String classPath(Path directory) {
    String right = System.getProperty("java.class.path");
    if (this != UNGUARDED_SET) {
      return right;
    }
    Path script = directory.resolve(SCRIPT);
    try (InputStream unguarded =
        Objects.requireNonNull(ConsumerSabotage.class.getResourceAsStream("unguarded.lua"))) {
      Files.createDirectories(Objects.requireNonNull(script.getParent()));
      Files.write(script, unguarded.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return directory + System.getProperty("path.separator") + right;
  }
}
