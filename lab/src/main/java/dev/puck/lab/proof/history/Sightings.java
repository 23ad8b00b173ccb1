package dev.puck.lab.proof.history;

import java.util.List;
import java.util.Map;

/**
 * All that a reader saw.
 *
 * @param records partition by partition, each in the order of its offsets
 * @param partitions how many each topic has, by table as in {@link Fact#table}
 * @param boundaries of transactions, in the order of each partition
 * @param parts what each row's record says of its transaction
 */
public record Sightings(
    List<Sighting> records,
    Map<String, Integer> partitions,
    List<Boundary> boundaries,
    List<Part> parts) {
  public Sightings {
    records = List.copyOf(records);
    boundaries = List.copyOf(boundaries);
    parts = List.copyOf(parts);
    partitions = Map.copyOf(partitions);
  }
}
