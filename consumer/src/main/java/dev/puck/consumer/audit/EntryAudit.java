package dev.puck.consumer.audit;

import dev.puck.consumer.projection.Comparison;
import dev.puck.consumer.projection.EntryAuditable;
import dev.puck.consumer.projection.EntryCheck;
import dev.puck.consumer.projection.Sample;
import dev.puck.consumer.resync.Truth;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares a projection with the truth entry by entry, in place: once it has everything that the
 * truth's snapshot saw, an entry which that saw must equal the truth, and others are newer. What
 * differs and tells no transaction is looked at a second time: if it was there before the next
 * snapshot was taken, and still is, that saw it.
 */
final class EntryAudit implements Audit {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final EntryAuditable projection;
  private final Sample sample;
  private final Truth truth;
  private final Coverage coverage;
  private final Supplier<Set<TopicPartition>> partitions;
  private final Duration quiet;
  private final AtomicLong rows = new AtomicLong();

  /**
   * @param partitions asked for all that the projection reads
   * @param quiet without a token, for how long what differs must have stayed as it is
   */
  EntryAudit(
      EntryAuditable projection,
      Sample sample,
      Truth truth,
      Coverage coverage,
      Supplier<Set<TopicPartition>> partitions,
      Duration quiet) {
    this.projection = projection;
    this.sample = sample;
    this.truth = truth;
    this.coverage = coverage;
    this.partitions = partitions;
    this.quiet = quiet;
  }

  @Override
  public long rows() {
    return rows.get();
  }

  @Override
  public Outcome run(boolean repair) throws InterruptedException {
    EntryCheck check = projection.beginCheck(sample);
    Outcome outcome = compare(check);
    if (check.isUndecided()) {
      check = check.next();
      outcome = compare(check);
    }
    if (!repair || !outcome.exact() || outcome.comparison().divergent() == 0) {
      return outcome;
    }
    check.repair();
    return new Outcome(outcome.comparison(), sample, /* exact= */ true, /* repaired= */ true);
  }

  private Outcome compare(EntryCheck check) throws InterruptedException {
    String lineage = truth.lineage();
    truth.read(check::begin, some -> add(check, some));
    boolean exact = coverage.await(partitions.get(), projection::served);
    Comparison comparison = check.compare();
    if (!exact) {
      comparison = compareUntilQuiet(check, comparison);
    }
    truth.requireSame(lineage);
    return new Outcome(comparison, sample, exact, /* repaired= */ false);
  }

  /** What is on its way puts right what it comes to. */
  private Comparison compareUntilQuiet(EntryCheck check, Comparison first)
      throws InterruptedException {
    Comparison comparison = first;
    long since = System.nanoTime();
    while (comparison.divergent() > 0 && System.nanoTime() - since < quiet.toNanos()) {
      Thread.sleep(LOOK.toMillis());
      Comparison now = check.compareAgain();
      since = now.divergent() == comparison.divergent() ? since : System.nanoTime();
      comparison = now;
    }
    return comparison;
  }

  private void add(EntryCheck check, List<String> some) {
    check.add(some);
    rows.addAndGet(some.size());
  }
}
