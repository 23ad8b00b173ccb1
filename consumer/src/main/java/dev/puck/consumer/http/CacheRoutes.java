package dev.puck.consumer.http;

import dev.puck.service.http.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /caches/NAME/KEY}: 200 and the value with its version as {@code ETag}, 304 where that
 * is known, 404 without such a cache or key, 503 while it is warming or away. {@code GET
 * /caches/NAME?key=A&key=B} and {@code POST /caches/NAME} with an array of keys: all of them at
 * once. With a token all of them wait until the cache shows what it stands for, see {@link
 * FreshRead}. {@code ?source=truth} passes the cache by and asks the source. {@code Age} tells how
 * long ago the cache knew last that it was up to date.
 */
public final class CacheRoutes implements Consumer<RoutesConfig> {
  static final int MOST_KEYS = 1_000;

  private final Map<String, CacheView> caches;
  private final Map<String, CacheView> truths;
  private final Freshness freshness;

  /**
   * Answers from those caches, by name.
   *
   * @param truths what some of them should have
   */
  public CacheRoutes(
      Map<String, CacheView> caches, Map<String, CacheView> truths, Freshness freshness) {
    this.freshness = freshness;
    this.truths = Map.copyOf(truths);
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
    if (!caches.containsKey(name)) {
      Json.error(context, 404, "no cache is named '" + name + "'");
    } else if (isTruth(context)) {
      // Which is what it is, whatever a token says.
      answerNow(context, truth(name), answer);
    } else if (fresh.isPresent()) {
      requireComplete(name);
      fresh.get().answer(context, name, freshness, () -> answerNow(context, cache(name), answer));
    } else {
      answerNow(context, cache(name), answer);
    }
  }

  private static boolean isTruth(Context context) {
    @Nullable String source = context.queryParam("source");
    if (source == null || source.equals("cache") || source.equals("truth")) {
      return "truth".equals(source);
    }
    throw new BadRequestResponse("source is '" + source + "'; it can be cache or truth");
  }

  private CacheView cache(String name) {
    return Objects.requireNonNull(caches.get(name));
  }

  private CacheView truth(String name) {
    @Nullable CacheView truth = truths.get(name);
    if (truth == null) {
      throw new BadRequestResponse(
          "the cache '" + name + "' has no truth query; set truth, and consumer.source");
    }
    return truth;
  }

  private void requireComplete(String name) {
    if (!freshness.knows(name)) {
      throw new BadRequestResponse(
          "the cache '"
              + name
              + "' is filled by several processes; reads wait for tokens only where"
              + " a cache is in this process's memory");
    }
  }

  private static void answerNow(
      Context context, CacheView cache, BiConsumer<Context, CacheView> answer) {
    if (!cache.isReadable()) {
      unreadable(context, cache.explanation());
      return;
    }
    try {
      answer.accept(context, cache);
    } catch (UnreadableException e) {
      unreadable(context, String.valueOf(e.getMessage()));
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
