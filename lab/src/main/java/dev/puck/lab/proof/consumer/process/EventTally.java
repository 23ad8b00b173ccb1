package dev.puck.lab.proof.consumer.process;

import com.fasterxml.jackson.databind.JsonNode;
import dev.puck.consumer.projection.Reducer;
import org.jspecify.annotations.Nullable;

/** The reducer of a consumer on trial: counts a key's events, and adds up what they say. */
public final class EventTally implements Reducer<EventTally.Tally> {
  private static final Tally NOTHING = new Tally(0, 0, 0);

  /**
   * What came of a key's events.
   *
   * @param events how many
   * @param rows that there are now: 1 or 0
   * @param eids the {@code eid} of that row, or 0
   */
  public record Tally(long events, long rows, long eids) {}

  @Override
  public Class<Tally> type() {
    return Tally.class;
  }

  @Override
  public Tally apply(@Nullable Tally current, JsonNode event) {
    Tally was = current == null ? NOTHING : current;
    JsonNode before = event.path("before");
    JsonNode after = event.path("after");
    return new Tally(
        was.events + 1,
        was.rows + (after.isObject() ? 1 : 0) - (before.isObject() ? 1 : 0),
        was.eids + after.path("eid").asLong() - before.path("eid").asLong());
  }
}
