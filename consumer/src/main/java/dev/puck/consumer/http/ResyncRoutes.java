package dev.puck.consumer.http;

import dev.puck.service.http.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code POST /resync/NAME}: asks for a resync of the projections of that name, and answers 202;
 * 404 where none has a truth. {@code GET /resync}: how each is.
 */
public final class ResyncRoutes implements Consumer<RoutesConfig> {
  private final ResyncView resyncs;

  public ResyncRoutes(ResyncView resyncs) {
    this.resyncs = resyncs;
  }

  /** The resyncs, as a reader sees them. Thread-safe. */
  public interface ResyncView {
    /** Whether there is such a projection with a truth; does not wait. */
    boolean request(String name, String reason);

    /** What Jackson can write, one for each projection with a truth. */
    List<?> status();
  }

  @Override
  public void accept(RoutesConfig routes) {
    routes.get(
        "/resync", context -> Json.answer(context, 200, Map.of("resyncs", resyncs.status())));
    routes.post("/resync/{name}", this::request);
  }

  private void request(Context context) {
    String name = context.pathParam("name");
    if (resyncs.request(name, "asked for")) {
      Json.answer(context, 202, Map.of("resyncs", resyncs.status()));
    } else {
      Json.error(
          context, 404, "no projection named '" + name + "' has a truth query to be built from");
    }
  }
}
