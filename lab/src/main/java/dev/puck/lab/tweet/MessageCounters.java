package dev.puck.lab.tweet;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.consumer.projection.Reducer;
import org.jspecify.annotations.Nullable;

/** Counts each message's retweets and favs from the differences that the trigger notifies. */
public final class MessageCounters implements Reducer<MessageCounters.Counters> {
  /**
   * A message's counters.
   *
   * @param rts retweets, less those taken back
   * @param favs favs, less those taken back
   */
  public record Counters(
      @JsonProperty("messageid") long messageid,
      @JsonProperty("rts") long rts,
      @JsonProperty("favs") long favs) {}

  @Override
  public Class<Counters> type() {
    return Counters.class;
  }

  @Override
  public Counters apply(@Nullable Counters current, JsonNode event) {
    long messageid = number(event, "messageid");
    long rts = number(event, "rts");
    long favs = number(event, "favs");
    return current == null
        ? new Counters(messageid, rts, favs)
        : new Counters(messageid, current.rts() + rts, current.favs() + favs);
  }

  private static long number(JsonNode event, String field) {
    JsonNode number = event.path(field);
    if (!number.canConvertToExactIntegral() || !number.canConvertToLong()) {
      throw new PoisonEventException(
          "the event has no whole number '" + field + "'; it is " + event);
    }
    return number.longValue();
  }
}
