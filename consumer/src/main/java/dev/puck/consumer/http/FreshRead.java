package dev.puck.consumer.http;

import dev.puck.service.config.Durations;
import dev.puck.service.http.Json;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A read that waits for a token: {@code ?after=TOKEN&wait=200ms}, or the headers {@code Puck-After}
 * and {@code Puck-Wait}.
 */
record FreshRead(String token, Duration patience) {
  private static final Pattern TOKEN = Pattern.compile("\\d{1,20}-\\d{1,20}");
  private static final Duration USUALLY = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofSeconds(30);

  /**
   * What the request asks for; empty where it takes what there is.
   *
   * @throws BadRequestResponse if it cannot be understood
   */
  static Optional<FreshRead> of(Context context) {
    @Nullable String token = parameter(context, "after", "Puck-After");
    @Nullable String wait = parameter(context, "wait", "Puck-Wait");
    if (token == null) {
      return Optional.empty();
    }
    if (!TOKEN.matcher(token).matches()) {
      throw new BadRequestResponse(
          "'" + token + "' is no token; give what select puck.token() returned");
    }
    return Optional.of(new FreshRead(token, wait == null ? USUALLY : duration(wait)));
  }

  /** Answers once the cache shows it; 504 with what is missing if it does not in time. */
  void answer(Context context, String cache, Freshness freshness, Runnable answer) {
    context.future(
        () -> {
          CompletableFuture<Void> shown = freshness.when(cache, token);
          return shown
              .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
              .thenRun(answer)
              .exceptionally(failure -> late(context, cache, freshness, failure));
        });
  }

  private @Nullable Void late(
      Context context, String cache, Freshness freshness, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof TimeoutException) {
      Json.error(
          context,
          504,
          "the token "
              + token
              + " is not covered after "
              + Durations.text(patience)
              + ": "
              + freshness.missing(cache, token));
      return null;
    }
    throw new CompletionException(cause);
  }

  private static Duration duration(String text) {
    try {
      Duration wait = Durations.parse(text);
      if (wait.compareTo(MOST) <= 0) {
        return wait;
      }
    } catch (IllegalArgumentException e) {
      throw new BadRequestResponse("wait is '" + text + "'; write it as 200ms or 2s");
    }
    throw new BadRequestResponse(
        "wait is '" + text + "'; at most " + Durations.text(MOST) + " are waited for");
  }

  private static @Nullable String parameter(Context context, String query, String header) {
    @Nullable String given = context.queryParam(query);
    return given == null ? context.header(header) : given;
  }
}
