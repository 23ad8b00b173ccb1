package example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.consumer.projection.Reducer;

/** How popular a message is: a retweet counts as much as three favourites. See README.md here. */
public final class Popularity implements Reducer<Popularity.Score> {
  private static final int RETWEET = 3;

  /** What the cache shows of a message. A record, since others read it meanwhile. */
  public record Score(long score, long actions) {}

  @Override
  public Class<Score> type() {
    return Score.class;
  }

  /** {@code current} is null for a message that is not known yet. */
  @Override
  public Score apply(Score current, JsonNode event) {
    if (!event.path("rts").isIntegralNumber() || !event.path("favs").isIntegralNumber()) {
      // It becomes a dead letter, and all others go on. Any other exception stops the reducer.
      throw new PoisonEventException("rts or favs is no whole number");
    }
    long points = RETWEET * event.path("rts").asLong() + event.path("favs").asLong();
    return current == null
        ? new Score(points, 1)
        : new Score(current.score() + points, current.actions() + 1);
  }
}
