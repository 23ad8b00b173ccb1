package dev.puck.lab.proof.history;

import java.util.List;
import java.util.Map;

/**
 * All that a reader saw.
 *
 * @param records partition by partition, each in the order of its offsets
 * @param partitions how many each topic has, by table as in {@link Fact#table}
 */
public record Sightings(List<Sighting> records, Map<String, Integer> partitions) {
  public Sightings {
    records = List.copyOf(records);
    partitions = Map.copyOf(partitions);
  }
}
