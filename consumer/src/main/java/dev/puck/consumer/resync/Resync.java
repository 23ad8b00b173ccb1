package dev.puck.consumer.resync;

import dev.puck.consumer.projection.Alignable;
import dev.puck.consumer.projection.Projection;
import dev.puck.consumer.projection.Resyncable;
import dev.puck.consumer.projection.Shadow;
import dev.puck.service.connection.Kafka;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds a projection anew from the truth, while it goes on serving: a shadow is brought to the
 * offsets at which the projection stands, and swapped in.
 */
final class Resync {
  private final Projection projection;
  private final Truth truth;
  private final Kafka kafka;
  private final String clientId;
  private final AtomicLong rows = new AtomicLong();

  Resync(Projection projection, Truth truth, Kafka kafka, String clientId) {
    this.projection = projection;
    this.truth = truth;
    this.kafka = kafka;
    this.clientId = clientId;
  }

  /** How many rows of the truth were read so far. Thread-safe. */
  long rows() {
    return rows.get();
  }

  /**
   * Does it.
   *
   * @param since the number of the resync before the one that was asked for
   * @return how many rows the truth has; empty if another process did it meanwhile
   * @throws dev.puck.service.retry.TransientException if trying again may help
   * @throws dev.puck.consumer.projection.StalledException if someone must mend something
   */
  OptionalLong run(long since) {
    if (projection instanceof Alignable alignable) {
      align(alignable);
      return OptionalLong.of(rows.get());
    }
    return rebuild((Resyncable) projection, since);
  }

  /** What holds the latest by key tells itself what is older than the truth, and what is newer. */
  private void align(Alignable alignable) {
    AtomicReference<Alignable.@Nullable Aligner> aligner = new AtomicReference<>();
    truth.lineage();
    truth.read(
        snapshot -> aligner.set(alignable.beginAlignment(snapshot)),
        some -> add(Objects.requireNonNull(aligner.get())::add, some));
    Objects.requireNonNull(aligner.get()).finish();
  }

  private OptionalLong rebuild(Resyncable resyncable, long since) {
    Optional<Shadow> begun = resyncable.beginResync(since);
    if (begun.isEmpty()) {
      return OptionalLong.empty();
    }
    try (Shadow shadow = begun.get();
        ShadowBuild build =
            ShadowBuild.begin(
                shadow, resyncable.topics(), truth, kafka, clientId, rows::addAndGet)) {
      build.swap();
      return OptionalLong.of(rows.get());
    }
  }

  private void add(Consumer<List<String>> target, List<String> some) {
    target.accept(some);
    rows.addAndGet(some.size());
  }
}
