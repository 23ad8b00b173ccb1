package dev.puck.consumer;

import dev.puck.consumer.deadletter.LetterStatus;
import dev.puck.consumer.deadletter.Letters;
import dev.puck.consumer.deadletter.ReplayResult;
import dev.puck.consumer.deadletter.Replays;
import dev.puck.consumer.http.DeadLetterRoutes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The dead letters, over HTTP. */
record DeadLettersView(Letters letters, Replays replays)
    implements DeadLetterRoutes.DeadLetterView {
  @Override
  public List<LetterStatus> list(@Nullable String projection, int limit, boolean all) {
    return letters.list(projection, limit, all);
  }

  @Override
  public Optional<LetterStatus> find(String id) {
    return letters.find(id);
  }

  @Override
  public Optional<DeadLetterRoutes.Answer> replay(String id, @Nullable String key) {
    return replays.replay(id, key).map(DeadLettersView::answer);
  }

  @Override
  public List<ReplayResult> replayAll(String projection, Instant before, int limit) {
    return replays.replayAll(projection, before, limit);
  }

  private static DeadLetterRoutes.Answer answer(ReplayResult result) {
    if (result.isFailed()) {
      return refusal(
          422, result.id() + " failed again and is kept as a newer dead letter: " + result.error());
    }
    if (result.isRefused()) {
      return refusal(
          409,
          result.outcome().equals("repeated")
              ? result.id() + " was replayed before"
              : result.id()
                  + " is settled: "
                  + result.projection()
                  + " has the event, or was made anew since; applied again, it would count twice");
    }
    return new DeadLetterRoutes.Answer(200, result);
  }

  private static DeadLetterRoutes.Answer refusal(int status, String error) {
    return new DeadLetterRoutes.Answer(status, Map.of("error", error));
  }
}
