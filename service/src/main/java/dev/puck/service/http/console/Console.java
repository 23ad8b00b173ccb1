package dev.puck.service.http.console;

import dev.puck.service.config.Secret;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.ServiceUnavailableResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console: {@code GET /}, its files at {@code /console/FILE}, and {@code GET /console/events},
 * a stream of the process's status. The page comes from the jar and asks nobody else for anything.
 */
public final class Console implements Consumer<RoutesConfig>, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Console.class);

  /** Each holds a thread, and others must be left. */
  private static final int MOST_STREAMS = 8;

  private static final Duration FAREWELL = Duration.ofSeconds(1);

  /** What the page may do, beside what every answer of the process says. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; base-uri 'none'; form-action 'none';"
              + " frame-ancestors 'none'; require-trusted-types-for 'script';"
              + " trusted-types 'none'",
          "Cross-Origin-Opener-Policy",
          "same-origin");

  private static final String FILES = "/console/";

  private final Assets assets = new Assets();
  private final Semaphore streams = new Semaphore(MOST_STREAMS);
  private final Sampler sampler;
  private final Peers peers;

  /**
   * The console of a process.
   *
   * @param status as {@code /status} shows it; called once a second, must not block
   * @param peers the addresses of the pipeline's other processes
   * @param token what they are asked with
   */
  public Console(Supplier<Object> status, List<String> peers, @Nullable Secret token) {
    this.peers = new Peers(peers, token);
    this.sampler = new Sampler(status, this::askPeers, Clock.systemUTC());
  }

  /** Whether a path is of the page itself, which tells nothing; not of what it shows. */
  public static boolean isPage(String path) {
    return path.equals("/")
        || (path.startsWith(FILES) && Assets.isName(path.substring(FILES.length())));
  }

  /** From now on there is something to see. */
  public void start() {
    sampler.start();
  }

  @Override
  public void accept(RoutesConfig routes) {
    routes.get("/", context -> serve(context, Assets.PAGE));
    routes.get("/console/events", this::stream);
    routes.get("/console/{file}", context -> serve(context, context.pathParam("file")));
  }

  /** Ends the streams, and waits for a moment until their watchers were told. */
  @Override
  public void close() {
    sampler.close();
    try {
      if (streams.tryAcquire(MOST_STREAMS, FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        streams.release(MOST_STREAMS);
      } else {
        LOGGER.debug("A console does not take the end of its stream");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Only while somebody looks. */
  private List<Peer> askPeers() {
    return streams.availablePermits() == MOST_STREAMS ? List.of() : peers.ask();
  }

  private void serve(Context context, String name) {
    assets
        .find(name)
        .ifPresentOrElse(
            asset -> answer(context, asset),
            () -> {
              throw new NotFoundResponse("the console has no such file");
            });
  }

  private static void answer(Context context, Asset asset) {
    HEADERS.forEach(context::header);
    context.header("ETag", asset.etag());
    if (asset.etag().equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.contentType(asset.contentType()).result(asset.bytes());
    }
  }

  private void stream(Context context) throws IOException, InterruptedException {
    if (!streams.tryAcquire()) {
      throw new ServiceUnavailableResponse(
          MOST_STREAMS + " consoles watch this process already; close one");
    }
    try {
      context.header("Cache-Control", "no-store");
      context.contentType("text/event-stream; charset=utf-8");
      new EventStream(context.res().getOutputStream()).run(sampler);
    } finally {
      streams.release();
    }
  }
}
