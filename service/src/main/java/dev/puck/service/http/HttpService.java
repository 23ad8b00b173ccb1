package dev.puck.service.http;

import dev.puck.service.health.Health;
import dev.puck.service.http.console.Console;
import dev.puck.service.metric.Metrics;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of a process: {@code /health/live}, {@code /health/ready}, {@code /metrics},
 * {@code /status}, the console, and the routes that the process adds. Answers from its own few
 * threads.
 */
public final class HttpService implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(HttpService.class);

  private final HttpConfig config;
  private final Javalin server;
  private final Console console;

  private HttpService(HttpConfig config, Javalin server, Console console) {
    this.config = config;
    this.server = server;
    this.console = console;
  }

  /**
   * A server that listens.
   *
   * @param status what {@code /status} answers; called for each request, and once a second for the
   *     console, from when it listens on
   * @param more adds the process's own routes
   * @throws PortInUseException if another process has the port
   */
  public static HttpService start(
      HttpConfig config,
      Health health,
      Metrics metrics,
      Supplier<Object> status,
      Consumer<RoutesConfig> more) {
    return start(config, Limits.USUAL, health, metrics, status, more);
  }

  static HttpService start(
      HttpConfig config,
      Limits limits,
      Health health,
      Metrics metrics,
      Supplier<Object> status,
      Consumer<RoutesConfig> more) {
    Console console = new Console(status, config.peers(), config.token());
    Javalin server =
        Javalin.create(
            javalin -> {
              limits.apply(javalin);
              silence(javalin);
              RoutesConfig routes = javalin.routes;
              routes.before(new Headers());
              routes.before(new SameOrigin());
              routes.before(
                  config.token() == null
                      ? new OwnName()
                      : new BearerToken(config.token(), config.publicRead()));
              routes.get(
                  "/health/live", context -> Json.answer(context, 200, Map.of("live", true)));
              routes.get("/health/ready", context -> ready(context, health));
              routes.get("/metrics", context -> scrape(context, metrics));
              routes.get("/status", context -> Json.answer(context, 200, status.get()));
              routes.exception(HttpResponseException.class, HttpService::refuse);
              routes.exception(Exception.class, HttpService::fail);
              routes.error(404, HttpService::unknown);
              console.accept(routes);
              more.accept(routes);
            });
    try {
      server.start(config.address(), config.port());
      console.start();
      return new HttpService(config, server, console);
    } catch (JavalinBindException e) {
      throw new PortInUseException(config, e);
    }
  }

  /** Where it answers, such as {@code http://127.0.0.1:8080}. */
  public String url() {
    return "http://" + authority(config.address(), server.port());
  }

  static String authority(String address, int port) {
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
  }

  @Override
  public void close() {
    console.close();
    server.stop();
  }

  private static void silence(JavalinConfig javalin) {
    javalin.startup.showJavalinBanner = false;
    javalin.startup.showOldJavalinVersionWarning = false;
    javalin.startup.startupWatcherEnabled = false;
  }

  private static void ready(Context context, Health health) {
    Map<String, String> checks = health.report();
    boolean ready = Health.isReady(checks);
    Json.answer(context, ready ? 200 : 503, Map.of("ready", ready, "checks", checks));
  }

  private static void scrape(Context context, Metrics metrics) {
    context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
  }

  private static void refuse(HttpResponseException e, Context context) {
    Json.error(context, e.getStatus(), String.valueOf(e.getMessage()));
  }

  /** What went wrong is for the log; the one who asked may not be allowed to know. */
  private static void fail(Exception e, Context context) {
    LOGGER
        .atError()
        .addKeyValue("path", context.path())
        .addKeyValue("error", e.toString())
        .setCause(e)
        .log("HTTP request failed");
    Json.error(context, 500, "failed; the log of this process says why");
  }

  private static void unknown(Context context) {
    if (!"application/json".equals(context.res().getContentType())) {
      Json.error(context, 404, "nothing at " + context.path());
    }
  }
}
