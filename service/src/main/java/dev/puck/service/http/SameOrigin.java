package dev.puck.service.http;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that change something where a page of another site sends them: on loopback there
 * is no token, and any page in a browser there can send a POST.
 */
final class SameOrigin implements Handler {
  private static final Set<HandlerType> HARMLESS = Set.of(HandlerType.GET, HandlerType.HEAD);

  @Override
  public void handle(Context context) {
    if (!HARMLESS.contains(context.method()) && isForeign(context)) {
      throw new ForbiddenResponse("pages of other sites may not order anything here");
    }
  }

  private static boolean isForeign(Context context) {
    @Nullable String origin = context.header("Origin");
    return origin != null && !origin.replaceFirst("^https?://", "").equals(context.header("Host"));
  }
}
