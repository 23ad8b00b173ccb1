package dev.puck.service.http;

import dev.puck.service.config.Secret;
import dev.puck.service.http.console.Console;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.UnauthorizedResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request pass if it bears the token; health, metrics and the console's empty page always
 * pass, and what changes nothing if that is public.
 */
final class BearerToken implements Handler {
  private static final String SCHEME = "Bearer ";

  private static final Set<HandlerType> READS = Set.of(HandlerType.GET, HandlerType.HEAD);

  private final byte[] token;
  private final boolean publicRead;

  BearerToken(Secret token, boolean publicRead) {
    this.publicRead = publicRead;
    this.token = token.reveal().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void handle(Context context) {
    boolean isOpen =
        isAlwaysOpen(context.path()) || (publicRead && READS.contains(context.method()));
    if (!isOpen && !isBorne(context.header("Authorization"))) {
      context.header("WWW-Authenticate", "Bearer");
      throw new UnauthorizedResponse("needs the header 'Authorization: Bearer TOKEN'");
    }
  }

  private static boolean isAlwaysOpen(String path) {
    return path.startsWith("/health/") || path.equals("/metrics") || Console.isPage(path);
  }

  /** In constant time, so that the time to refuse does not tell how much of it was right. */
  private boolean isBorne(@Nullable String authorization) {
    return authorization != null
        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(
            token, authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
  }
}
