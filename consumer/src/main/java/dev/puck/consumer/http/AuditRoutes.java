package dev.puck.consumer.http;

import dev.puck.service.http.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /audit/NAME}: asks for an audit of the projections of that name, with {@code
 * ?repair=true} one that puts right what differs, with {@code ?sample=1000&seed=7} one of so many
 * keys of a cache, and answers 202; 404 where none has a truth. {@code GET /audit}: how each is,
 * and what the last one found.
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

    /**
     * The same, where that can be, for so many keys.
     *
     * @param seed that chooses them; null: any
     */
    List<?> request(String name, boolean repair, int keys, @Nullable Long seed);

    /** Whether any of that name may compare a part of its keys. */
    boolean takesSamples(String name);

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
    List<?> asked = request(context, name, "true".equals(repair));
    if (asked.isEmpty()) {
      Json.error(
          context, 404, "no projection named '" + name + "' has a truth query to be compared with");
    } else {
      Json.answer(context, 202, Map.of("audits", asked));
    }
  }

  private List<?> request(Context context, String name, boolean repair) {
    @Nullable Long sample = number(context, "sample", 1, Integer.MAX_VALUE);
    @Nullable Long seed = number(context, "seed", 0, Long.MAX_VALUE);
    if (sample == null && seed != null) {
      throw new BadRequestResponse("seed is " + seed + ", but there is no sample to be chosen");
    }
    if (sample == null) {
      return audits.request(name, repair);
    }
    if (!audits.takesSamples(name)) {
      throw new BadRequestResponse(
          "sample is "
              + sample
              + ", but '"
              + name
              + "' is no cache with a truth; summaries and reducers are compared whole");
    }
    return audits.request(name, repair, sample.intValue(), seed);
  }

  private static @Nullable Long number(Context context, String name, long least, long most) {
    @Nullable String text = context.queryParam(name);
    if (text == null) {
      return null;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new BadRequestResponse(name + " is '" + text + "'; it must be a number");
    }
    throw new BadRequestResponse(
        name + " is '" + text + "'; it must be from " + least + " to " + most);
  }
}
