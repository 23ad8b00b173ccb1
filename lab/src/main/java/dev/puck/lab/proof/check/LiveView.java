package dev.puck.lab.proof.check;

import dev.puck.lab.proof.history.Glimpse;
import dev.puck.lab.proof.history.Sighting;
import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Truth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who read along while all of it happened saw, record by record, what is there at the end: nothing
 * was taken back, and nothing slipped in before what had been read.
 */
final class LiveView implements Check {
  private final Map<String, List<Glimpse>> live;
  private final Tally different = new Tally("live");

  /**
   * @param live what was read along, by {@code topic-partition}
   */
  LiveView(Map<String, List<Glimpse>> live) {
    this.live = live;
  }

  @Override
  public List<Finding> findings(Truth truth, Sightings seen) {
    Map<String, Integer> next = new HashMap<>();
    for (Sighting sighting : seen.records()) {
      String partition = sighting.place().topic() + '-' + sighting.place().partition();
      List<Glimpse> glimpses = Objects.requireNonNullElse(live.get(partition), List.of());
      int index = next.merge(partition, 1, Integer::sum) - 1;
      Glimpse wanted = new Glimpse(sighting.place().offset(), sighting.marks().position());
      if (index < glimpses.size() && !glimpses.get(index).equals(wanted)) {
        different.add("seen live " + glimpses.get(index) + ", and at the end " + sighting);
      }
    }
    live.forEach(
        (partition, glimpses) ->
            different.add(
                Math.max(0, glimpses.size() - next.getOrDefault(partition, 0)),
                "more records in " + partition + " seen live than at the end"));
    return List.of(different.finding());
  }
}
