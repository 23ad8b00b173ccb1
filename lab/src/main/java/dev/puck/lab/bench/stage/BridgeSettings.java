package dev.puck.lab.bench.stage;

import dev.puck.bridge.config.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How a bridge of the bench is set; all else is as by default.
 *
 * @param name its name
 * @param database where it reads
 * @param source how it reads there
 * @param delivery how often an event arrives
 * @param rotationInterval how often it empties a table, such as {@code 15s}
 * @param startingState whether it publishes what a watched table has already
 */
public record BridgeSettings(
    String name,
    Database database,
    Source source,
    Delivery delivery,
    String rotationInterval,
    boolean startingState) {
  /** How many its topics have. */
  static final int PARTITIONS = 6;

  /** Exactly once from the outbox, and as by default. */
  public static BridgeSettings of(String name, Database database) {
    return new BridgeSettings(name, database, Source.OUTBOX, Delivery.EXACTLY_ONCE, "15s", true);
  }

  /** The same from that source. */
  BridgeSettings with(Source newSource) {
    return new BridgeSettings(name, database, newSource, delivery, rotationInterval, startingState);
  }

  /** The same with that delivery. */
  public BridgeSettings with(Delivery newDelivery) {
    return new BridgeSettings(name, database, source, newDelivery, rotationInterval, startingState);
  }

  /** The same under another name. */
  public BridgeSettings named(String newName) {
    return new BridgeSettings(newName, database, source, delivery, rotationInterval, startingState);
  }

  /** The same, reading no more than changes, and leaving the outbox as it is. */
  public BridgeSettings onlyReading() {
    return new BridgeSettings(name, database, source, delivery, "1h", false);
  }

  /** What its topics' names begin with. */
  public String prefix() {
    return name + ".";
  }

  /** Writes its configuration file. */
  Path write(Path directory, String bootstrapServers) {
    String text =
        """
        kafka:
          bootstrap-servers: %s
        bridge:
          name: %s
          postgres:
            url: %s
            user: postgres
          source: %s
          delivery: %s
        %s
          topics:
            prefix: %s
            partitions: %d
          http:
            port: 0
        """
            .formatted(
                bootstrapServers,
                name,
                database.postgres().url(database.name()),
                source.name().toLowerCase(Locale.ROOT),
                delivery.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                ofSource(),
                prefix(),
                PARTITIONS);
    try {
      return Files.writeString(directory.resolve(name + ".yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String ofSource() {
    return switch (source) {
      case OUTBOX ->
          "  outbox:\n    rotation-interval: %s\n    starting-state: %s"
              .formatted(rotationInterval, startingState);
      case WAL -> "  wal:\n    starting-state: " + startingState;
    };
  }
}
