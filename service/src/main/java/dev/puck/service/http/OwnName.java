package dev.puck.service.http;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.Handler;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses requests that name another host than this machine, where loopback is all that guards the
 * process: by DNS rebinding a page of any site can make its own name mean 127.0.0.1, and read what
 * answers there.
 */
final class OwnName implements Handler {
  /** A name or a number, or an address of IPv6 in brackets; and a port. */
  private static final Pattern HOST =
      Pattern.compile("(?:([^:\\[\\]]+)|\\[([^\\[\\]]+)])(?::\\d{1,5})?");

  @Override
  public void handle(Context context) {
    String host = String.valueOf(context.header("Host"));
    if (!isLoopback(HOST.matcher(host.toLowerCase(Locale.ROOT)))) {
      throw new ForbiddenResponse(
          "the header Host is '"
              + host
              + "'; without a token this process answers to localhost and loopback addresses only:"
              + " set http.token to use another name");
    }
  }

  private static boolean isLoopback(Matcher host) {
    return host.matches()
        && HttpConfig.isLoopback(host.group(1) == null ? host.group(2) : host.group(1));
  }
}
