package dev.puck.consumer.http;

import dev.puck.service.http.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /audit/NAME}: asks for an audit of the projections of that name, with {@code
 * ?repair=true} one that puts right what differs, and answers 202; 404 where none has a truth.
 * {@code GET /audit}: how each is, and what the last one found.
 */
public final class AuditRoutes implements Consumer<RoutesConfig> {
  private final AuditView audits;

  public AuditRoutes(AuditView audits) {
    this.audits = audits;
  }

  /** The audits, as a reader sees them. Thread-safe. */
  public interface AuditView {
    /** Those that were asked for, as Jackson can write them; empty if there are none. */
    List<?> request(String name, boolean repair);

    /** What Jackson can write, one for each projection with a truth. */
    List<?> status();
  }

  @Override
  public void accept(RoutesConfig routes) {
    routes.get("/audit", context -> Json.answer(context, 200, Map.of("audits", audits.status())));
    routes.post("/audit/{name}", this::request);
  }

  private void request(Context context) {
    String name = context.pathParam("name");
    @Nullable String repair = context.queryParam("repair");
    if (repair != null && !repair.equals("true") && !repair.equals("false")) {
      Json.error(context, 400, "repair is '" + repair + "'; it must be true or false");
      return;
    }
    List<?> asked = audits.request(name, "true".equals(repair));
    if (asked.isEmpty()) {
      Json.error(
          context, 404, "no projection named '" + name + "' has a truth query to be compared with");
    } else {
      Json.answer(context, 202, Map.of("audits", asked));
    }
  }
}
