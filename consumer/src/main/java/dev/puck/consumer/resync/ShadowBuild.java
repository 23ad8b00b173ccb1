package dev.puck.consumer.resync;

import dev.puck.consumer.projection.Shadow;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.service.connection.Kafka;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes a shadow what its projection must be: where that stands is noted, then the truth is read on
 * one snapshot; from there it is followed without the events that the snapshot saw. So nothing is
 * counted twice, and nothing missed: an event before the noted offsets was committed before the
 * snapshot was taken, and one behind them is in the truth exactly if the snapshot saw its
 * transaction. Owned by one thread.
 */
public final class ShadowBuild implements AutoCloseable {
  /** So few events at once that the projection may be held up for them. */
  private static final int FEW = 1_000;

  private final Shadow shadow;
  private final Truth truth;
  private final Follower follower;
  private final String lineage;
  private final SourceSnapshot snapshot;

  private ShadowBuild(Shadow shadow, Truth truth, Follower follower, IntConsumer rows) {
    this.shadow = shadow;
    this.truth = truth;
    this.follower = follower;
    this.lineage = truth.lineage();
    follower.begin(shadow.served());
    this.snapshot = truth.read(any -> {}, some -> add(some, rows));
  }

  /**
   * Gives the shadow the truth, and follows to nearly where the projection stands.
   *
   * @param rows told how many rows of the truth were read, now and then
   * @throws dev.puck.service.retry.TransientException if trying again may help
   * @throws dev.puck.consumer.projection.StalledException if someone must mend something
   */
  @SuppressWarnings("PMD.CloseResource") // The build that is returned owns it.
  public static ShadowBuild begin(
      Shadow shadow,
      List<String> topics,
      Truth truth,
      Kafka kafka,
      String clientId,
      IntConsumer rows) {
    Follower follower = new Follower(kafka, clientId, topics);
    try {
      ShadowBuild build = new ShadowBuild(shadow, truth, follower, rows);
      build.follow();
      return build;
    } catch (RuntimeException | Error e) {
      follower.close();
      throw e;
    }
  }

  /** Follows on, to nearly where the projection stands. */
  public void follow() {
    int given;
    do {
      // What it took to follow is what came meanwhile: less each time.
      given = follower.follow(shadow.served(), snapshot, shadow::apply);
    } while (given > FEW);
  }

  /** The last part of the way, once nothing moves. */
  public Shadow.CatchUp catchUp() {
    return (served, events) -> {
      follower.follow(served, snapshot, events);
      return follower.next();
    };
  }

  /** Puts the shadow in the place of what is served. */
  public void swap() {
    requireSameSource();
    shadow.swap(snapshot, catchUp());
  }

  /** All partitions of the projection's topics. */
  public Set<TopicPartition> partitions() {
    return follower.partitions();
  }

  /** How many events came that the snapshot saw, and that were left out. */
  public long seen() {
    return follower.seen();
  }

  /** How many events came that do not tell their transaction, and may have been in the truth. */
  public long untold() {
    return follower.untold();
  }

  /**
   * The source is still the one that was read.
   *
   * @throws dev.puck.service.retry.TransientException if it is not
   */
  public void requireSameSource() {
    truth.requireSame(lineage);
  }

  @Override
  public void close() {
    follower.close();
  }

  private void add(List<String> some, IntConsumer rows) {
    shadow.add(some);
    rows.accept(some.size());
  }
}
