package dev.puck.consumer.http;

import dev.puck.service.http.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /caches/NAME/KEY}: 200 and the value with its version as {@code ETag}, 304 where that
 * is known, 404 without such a cache or key, 503 while it is warming or away. {@code GET
 * /caches/NAME?key=A&key=B} and {@code POST /caches/NAME} with an array of keys: all of them at
 * once. With a token all of them wait until the cache shows what it stands for, see {@link
 * FreshRead}. {@code Age} tells how long ago the cache knew last that it was up to date.
 */
public final class CacheRoutes implements Consumer<RoutesConfig> {
  static final int MOST_KEYS = 1_000;

  private final Map<String, CacheView> caches;
  private final Freshness freshness;

  /** Answers from those caches, by name. */
  public CacheRoutes(Map<String, CacheView> caches, Freshness freshness) {
    this.freshness = freshness;
    this.caches = Map.copyOf(caches);
  }

  @Override
  public void accept(RoutesConfig routes) {
    routes.get("/caches/{name}/<key>", context -> answer(context, CacheRoutes::one));
    routes.get(
        "/caches/{name}",
        context -> answer(context, (c, cache) -> many(c, cache, c.queryParams("key"))));
    routes.post(
        "/caches/{name}",
        context -> answer(context, (c, cache) -> many(c, cache, KeyList.parse(c.bodyAsBytes()))));
  }

  private void answer(Context context, BiConsumer<Context, CacheView> answer) {
    Optional<FreshRead> fresh = FreshRead.of(context);
    String name = context.pathParam("name");
    if (fresh.isPresent() && caches.containsKey(name) && !freshness.knows(name)) {
      throw new BadRequestResponse(
          "the cache '"
              + name
              + "' is filled by several processes; reads wait for tokens only where"
              + " a cache is in this process's memory");
    }
    if (fresh.isPresent() && caches.containsKey(name)) {
      fresh.get().answer(context, name, freshness, () -> answerNow(context, answer));
    } else {
      answerNow(context, answer);
    }
  }

  private void answerNow(Context context, BiConsumer<Context, CacheView> answer) {
    String name = context.pathParam("name");
    @Nullable CacheView cache = caches.get(name);
    if (cache == null) {
      Json.error(context, 404, "no cache is named '" + name + "'");
    } else if (!cache.isReadable()) {
      unreadable(context, cache.explanation());
    } else {
      try {
        answer.accept(context, cache);
      } catch (UnreadableException e) {
        unreadable(context, String.valueOf(e.getMessage()));
      }
    }
  }

  private static void unreadable(Context context, String why) {
    context.header("Retry-After", "1");
    Json.error(context, 503, why);
  }

  private static void one(Context context, CacheView cache) {
    String key = context.pathParam("key");
    @Nullable CacheValue found = cache.get(List.of(key)).get(key);
    age(context, cache);
    if (found == null) {
      Json.error(context, 404, "no value for the key '" + key + "'");
    } else if (ETag.isKnown(context, found.version())) {
      context.status(304);
    } else {
      Json.answer(context, 200, found.value());
    }
  }

  private static void many(Context context, CacheView cache, List<String> keys) {
    if (keys.isEmpty() || keys.size() > MOST_KEYS) {
      throw new BadRequestResponse(
          keys.size() + " keys; ask for one to " + MOST_KEYS + " at a time");
    }
    Map<String, CacheValue> found = cache.get(keys);
    Map<String, @Nullable CacheValue> answer = new LinkedHashMap<>();
    keys.forEach(key -> answer.put(key, found.get(key)));
    age(context, cache);
    Json.answer(context, 200, answer);
  }

  private static void age(Context context, CacheView cache) {
    context.header("Age", Long.toString(cache.age().toSeconds()));
  }
}
