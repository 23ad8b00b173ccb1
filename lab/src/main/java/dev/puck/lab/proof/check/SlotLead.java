package dev.puck.lab.proof.check;

import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.SlotSample;
import dev.puck.lab.proof.history.Truth;
import java.util.List;

/** PostgreSQL is never told that it need not send again what no committed checkpoint covers. */
final class SlotLead implements Check {
  private final List<SlotSample> samples;
  private final Tally ahead = new Tally("slot_ahead");

  SlotLead(List<SlotSample> samples) {
    this.samples = samples;
  }

  @Override
  public List<Finding> findings(Truth truth, Sightings seen) {
    for (SlotSample sample : samples) {
      if (Long.compareUnsigned(sample.confirmed(), sample.covered()) > 0) {
        ahead.add(
            "confirmed %X, and the newest checkpoint is %s"
                .formatted(sample.confirmed(), sample.checkpoint()));
      }
    }
    return List.of(ahead.finding());
  }
}
