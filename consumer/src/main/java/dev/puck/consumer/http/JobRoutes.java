package dev.puck.consumer.http;

import dev.puck.service.http.Json;
import dev.puck.service.retry.TransientException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /jobs}, {@code GET /jobs/NAME} with its history, and {@code POST
 * /jobs/NAME/run|pause|resume|cancel}: 202 and the job once it was told, 404 without such a job or
 * order, 409 if it cannot be done now, 503 while the database is away.
 */
public final class JobRoutes implements Consumer<RoutesConfig> {
  private final JobControl jobs;
  private final Map<String, Function<String, Optional<String>>> orders;

  public JobRoutes(JobControl jobs) {
    this.jobs = jobs;
    this.orders =
        Map.of(
            "run", jobs::run, "pause", jobs::pause, "resume", jobs::resume, "cancel", jobs::cancel);
  }

  @Override
  public void accept(RoutesConfig routes) {
    routes.get("/jobs", context -> Json.answer(context, 200, jobs.list()));
    routes.get("/jobs/{name}", context -> answer(context, 200));
    routes.post("/jobs/{name}/{order}", this::order);
    routes.exception(TransientException.class, JobRoutes::away);
  }

  private void answer(Context context, int status) {
    String name = context.pathParam("name");
    Optional<Object> job = jobs.get(name);
    if (job.isPresent()) {
      Json.answer(context, status, job.get());
    } else {
      Json.error(context, 404, "no job is named '" + name + "'");
    }
  }

  private void order(Context context) {
    String name = context.pathParam("name");
    @Nullable Function<String, Optional<String>> order = orders.get(context.pathParam("order"));
    if (order == null) {
      Json.error(context, 404, "a job can be told to run, pause, resume or cancel");
    } else if (jobs.get(name).isEmpty()) {
      Json.error(context, 404, "no job is named '" + name + "'");
    } else {
      order
          .apply(name)
          .ifPresentOrElse(
              refusal -> Json.error(context, 409, refusal), () -> answer(context, 202));
    }
  }

  private static void away(TransientException e, Context context) {
    context.header("Retry-After", "1");
    Json.error(context, 503, String.valueOf(e.getMessage()));
  }
}
