package dev.puck.lab.proof.check;

import dev.puck.lab.proof.history.CheckpointSample;
import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Sighting;
import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Truth;
import java.util.List;
import java.util.Objects;

/**
 * A checkpoint that can be seen covers nothing that was not in Kafka by then. That a reader of
 * committed records already gets it is not asked: Kafka marks a transaction's partitions one after
 * the other.
 */
final class CheckpointLead implements Check {
  private final List<CheckpointSample> samples;
  private final Tally ahead = new Tally("checkpoint_ahead");

  /**
   * @param samples in the order in which they were taken
   */
  CheckpointLead(List<CheckpointSample> samples) {
    this.samples = samples;
  }

  @Override
  public List<Finding> findings(Truth truth, Sightings seen) {
    for (Sighting sighting : seen.records()) {
      Fact fact = sighting.fact();
      if (fact != null && fact.op() != 'r' && sighting.marks().xid() >= 0) {
        long xid = sighting.marks().xid();
        check(sighting, truth.commits().getOrDefault(xid, Long.MAX_VALUE));
      }
    }
    return List.of(ahead.finding());
  }

  /** Later checkpoints cover more, so that the last one without the record decides. */
  private void check(Sighting sighting, long commitEnd) {
    String partition = sighting.place().topic() + '-' + sighting.place().partition();
    int low = 0;
    int high = samples.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      long end = Objects.requireNonNullElse(samples.get(middle).ends().get(partition), 0L);
      if (end > sighting.place().offset()) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    if (low > 0 && samples.get(low - 1).coverage().covers(sighting.marks().xid(), commitEnd)) {
      ahead.add(samples.get(low - 1).text() + " was there before " + sighting);
    }
  }
}
