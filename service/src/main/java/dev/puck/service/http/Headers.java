package dev.puck.service.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Map;

/** What every answer says to browsers, unless it says otherwise: data, for nobody's page. */
final class Headers implements Handler {
  private static final Map<String, String> ALL =
      Map.of(
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-cache");

  @Override
  public void handle(Context context) {
    ALL.forEach(context::header);
  }
}
