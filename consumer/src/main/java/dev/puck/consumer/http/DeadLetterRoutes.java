package dev.puck.consumer.http;

import dev.puck.service.http.Json;
import dev.puck.service.retry.TransientException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /dead-letters?projection=NAME&limit=100&all=false}: the newest first. {@code GET
 * /dead-letters/ID}: one, with its bytes. {@code POST /dead-letters/ID/replay}, with {@code ?key=}
 * under another key: 200 once it is applied, 404 without such a letter, 409 if there is nothing to
 * replay, 422 if it failed again. {@code POST /dead-letters/replay?projection=NAME}: its oldest
 * hundred that were some before {@code before}. 503 while something is away.
 */
public final class DeadLetterRoutes implements Consumer<RoutesConfig> {
  private static final int MOST = 1_000;
  private static final int USUALLY = 100;

  private final DeadLetterView letters;

  public DeadLetterRoutes(DeadLetterView letters) {
    this.letters = letters;
  }

  /** The dead letters, as a reader sees them; each method may throw a TransientException. */
  public interface DeadLetterView {
    /** What Jackson can write. */
    List<?> list(@Nullable String projection, int limit, boolean all);

    Optional<?> find(String id);

    /** Empty: there is no such letter. */
    Optional<Answer> replay(String id, @Nullable String key);

    List<?> replayAll(String projection, Instant before, int limit);
  }

  /** What a replay is answered with. */
  public record Answer(int status, Object body) {}

  @Override
  public void accept(RoutesConfig routes) {
    routes.get("/dead-letters", unlessAway(this::list));
    routes.get("/dead-letters/<id>", unlessAway(this::show));
    routes.post("/dead-letters/replay", unlessAway(this::replayAll));
    routes.post("/dead-letters/<id>/replay", unlessAway(this::replay));
  }

  private void list(Context context) {
    boolean all = "true".equals(context.queryParam("all"));
    List<?> found = letters.list(context.queryParam("projection"), limit(context), all);
    Json.answer(context, 200, Map.of("deadLetters", found));
  }

  private void show(Context context) {
    String id = context.pathParam("id");
    letters
        .find(id)
        .ifPresentOrElse(letter -> Json.answer(context, 200, letter), () -> unknown(context, id));
  }

  private void replay(Context context) {
    String id = context.pathParam("id");
    letters
        .replay(id, context.queryParam("key"))
        .ifPresentOrElse(
            answer -> Json.answer(context, answer.status(), answer.body()),
            () -> unknown(context, id));
  }

  private void replayAll(Context context) {
    @Nullable String projection = context.queryParam("projection");
    if (projection == null) {
      throw new BadRequestResponse("say of which projection: ?projection=NAME");
    }
    List<?> results = letters.replayAll(projection, before(context), limit(context));
    Json.answer(context, 200, Map.of("replays", results));
  }

  private static void unknown(Context context, String id) {
    Json.error(context, 404, "no projection of this consumer has a dead letter '" + id + "'");
  }

  private static int limit(Context context) {
    @Nullable String given = context.queryParam("limit");
    if (given == null) {
      return USUALLY;
    }
    if (given.matches("\\d{1,4}")
        && Integer.parseInt(given) >= 1
        && Integer.parseInt(given) <= MOST) {
      return Integer.parseInt(given);
    }
    throw new BadRequestResponse("limit is '" + given + "'; it must be 1 to " + MOST);
  }

  private static Instant before(Context context) {
    @Nullable String given = context.queryParam("before");
    try {
      return given == null ? Instant.now() : Instant.parse(given);
    } catch (DateTimeParseException e) {
      throw new BadRequestResponse("before is '" + given + "'; write it as 2026-01-01T00:00:00Z");
    }
  }

  private static Handler unlessAway(Handler handler) {
    return context -> {
      try {
        handler.handle(context);
      } catch (TransientException e) {
        context.header("Retry-After", "1");
        Json.error(context, 503, String.valueOf(e.getMessage()));
      }
    };
  }
}
