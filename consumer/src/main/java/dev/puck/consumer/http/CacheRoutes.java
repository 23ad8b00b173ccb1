package dev.puck.consumer.http;

import dev.puck.service.http.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /caches/NAME/KEY}: 200 and the value, 404 without such a cache or key, 503 while it is
 * warming.
 */
public final class CacheRoutes implements Consumer<RoutesConfig> {
  private final Map<String, CacheView> caches;

  /** Answers from those caches, by name. */
  public CacheRoutes(Map<String, CacheView> caches) {
    this.caches = Map.copyOf(caches);
  }

  @Override
  public void accept(RoutesConfig routes) {
    routes.get("/caches/{name}/<key>", this::answer);
  }

  private void answer(Context context) {
    String name = context.pathParam("name");
    @Nullable CacheView cache = caches.get(name);
    if (cache == null) {
      Json.error(context, 404, "no cache is named '" + name + "'");
    } else if (!cache.isReadable()) {
      context.header("Retry-After", "1");
      Json.error(context, 503, cache.explanation());
    } else {
      value(context, cache);
    }
  }

  private static void value(Context context, CacheView cache) {
    String key = context.pathParam("key");
    @Nullable Object value = cache.get(key);
    if (value == null) {
      Json.error(context, 404, "no value for the key '" + key + "'");
    } else {
      Json.answer(context, 200, value);
    }
  }
}
