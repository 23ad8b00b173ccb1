package dev.puck.bridge;

import dev.puck.bridge.checkpoint.Checkpoint;
import dev.puck.bridge.checkpoint.CheckpointReader;
import dev.puck.bridge.checkpoint.OpenTransaction;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.election.Leadership;
import dev.puck.bridge.publisher.Publisher;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.SourceAdministration;
import dev.puck.bridge.source.outbox.OutboxAdministration;
import dev.puck.bridge.source.outbox.OutboxOwner;
import dev.puck.bridge.source.wal.WalAdministration;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.Postgres;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What an operator decides about a bridge's checkpoint while the bridge does not run. Whoever
 * published under its name before is fenced.
 */
public final class CheckpointOperator {
  private final BridgeConfig config;
  private final Kafka kafka;
  private final Postgres postgres;

  public CheckpointOperator(BridgeConfig config, KafkaConfig kafkaConfig) {
    this.config = config;
    this.kafka = new Kafka(kafkaConfig);
    this.postgres = new Postgres(config.postgres(), "puck checkpoint " + config.name());
  }

  /** Where a bridge begins anew. */
  public enum From {
    /** Before all that the source still has; an outbox, with the rows that watched tables have. */
    EARLIEST,
    /** After all that the source has. */
    NOW
  }

  /**
   * What is known of a checkpoint.
   *
   * @param checkpoint empty: the bridge has none
   * @param owner whose outbox it is, in words; empty: nobody's, or another source is read
   * @param waiting how many rows of the outbox it does not cover; empty: not known
   */
  public record Report(
      Optional<Checkpoint> checkpoint, Optional<String> owner, OptionalLong waiting) {}

  /** Looks, and changes nothing. */
  public Report show() throws InterruptedException {
    new BridgeTopics(config, kafka).begin();
    Optional<Checkpoint> checkpoint = new CheckpointReader(kafka).visible(config.name());
    if (config.source() == SourceType.NOTIFY) {
      return new Report(checkpoint, Optional.empty(), OptionalLong.empty());
    }
    try (SourceAdministration source = source()) {
      OptionalLong waiting =
          checkpoint
              .filter(each -> each.source().equals(sourceName()))
              .map(each -> source.waiting(each.position()))
              .orElseGet(OptionalLong::empty);
      return new Report(checkpoint, source.owner(), waiting);
    }
  }

  /**
   * Begins anew, and takes an outbox over.
   *
   * @throws ConfigException if the bridge runs
   */
  public Checkpoint reset(From from) throws InterruptedException {
    return decide(
        (source, latest) ->
            switch (from) {
              case EARLIEST -> new Place(source.earliest(), List.of());
              case NOW -> new Place(source.now(), List.of());
            });
  }

  /**
   * Goes on where the bridge was, in the database as it is now, and takes an outbox over.
   *
   * @throws ConfigException if the bridge runs, or has no checkpoint
   */
  public Checkpoint adopt() throws InterruptedException {
    return decide(
        (source, latest) -> {
          Checkpoint known = present(latest);
          return new Place(source.adopted(known.position()), known.open());
        });
  }

  /** Where a bridge shall go on. */
  @FunctionalInterface
  private interface Decision {
    Place place(SourceAdministration source, Optional<Checkpoint> latest);
  }

  /**
   * Where that is.
   *
   * @param open transactions that the position divides
   */
  private record Place(Position position, List<OpenTransaction> open) {}

  private Checkpoint decide(Decision decision) throws InterruptedException {
    if (config.source() == SourceType.NOTIFY) {
      throw new ConfigException(
          "bridge.source is "
              + sourceName()
              + ", whose checkpoint only tells where a gap begins; there is nothing to decide.");
    }
    @Nullable Leadership held = Leadership.tryAcquire(postgres, config.name()).orElse(null);
    if (held == null) {
      throw new ConfigException(
          "Bridge '" + config.name() + "' runs, and would not notice. Stop it first.");
    }
    try (Leadership leadership = held;
        SourceAdministration source = source()) {
      leadership.confirm();
      return publish(source, decision);
    }
  }

  private Checkpoint publish(SourceAdministration source, Decision decision)
      throws InterruptedException {
    BridgeTopics topics = new BridgeTopics(config, kafka);
    topics.begin();
    try (Publisher publisher = topics.fencingPublisher()) {
      publisher.open();
      // The stamp of the database is written with it, so that it must come first.
      source.adopt();
      Optional<Checkpoint> latest = new CheckpointReader(kafka).settled(config.name());
      long epoch = latest.map(Checkpoint::epoch).orElse(0L) + 1;
      Place place = decision.place(source, latest);
      Checkpoint decided =
          new Checkpoint(
              config.name(),
              sourceName(),
              epoch,
              place.position,
              Instant.now(),
              place.open,
              kafka.clusterId());
      publisher.claim(decided.toEvent());
      return decided;
    }
  }

  private Checkpoint present(Optional<Checkpoint> checkpoint) {
    return checkpoint
        .filter(each -> each.source().equals(sourceName()))
        .orElseThrow(
            () ->
                new ConfigException(
                    "Bridge '"
                        + config.name()
                        + "' has no checkpoint of this source to go on from. Begin anew: puck"
                        + " checkpoint reset --from earliest|now"));
  }

  private SourceAdministration source() throws InterruptedException {
    return config.source() == SourceType.WAL
        ? WalAdministration.open(postgres, config.wal(), config.wal().slotOf(config.name()))
        : OutboxAdministration.open(
            postgres, new OutboxOwner(config.name(), kafka.clusterId(), config.topics().start()));
  }

  private String sourceName() {
    return config.source().name().toLowerCase(Locale.ROOT);
  }
}
