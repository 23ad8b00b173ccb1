package dev.puck.consumer.config;

import dev.puck.service.config.Problems;
import dev.puck.service.config.Secret;
import dev.puck.service.config.Setting;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one Redis.
 *
 * @param user null: the default user
 * @param password null: none
 */
public record RedisConfig(
    @Setting("Where it is, as `redis://HOST:PORT` or `redis://HOST:PORT/DB`; `rediss` for TLS.")
        String url,
    @Setting("The user to connect as, where it has several.") @Nullable String user,
    @Setting("Its password; write `${NAME}` to take it from the environment.")
        @Nullable Secret password) {
  private static final Pattern URL =
      Pattern.compile(
          "rediss?://(?:\\[[0-9A-Fa-f:.]+\\]|[^:/?#\\[\\]@\\s]+):(\\d{1,5})(?:/(\\d{1,5})?)?");

  public RedisConfig {
    Matcher parts = URL.matcher(url);
    boolean hasCredentials = url.contains("@");
    new Problems()
        .check(
            !hasCredentials,
            "url",
            "has a user or a password in it. Move them to 'user' and 'password', which are kept"
                + " secret.")
        .check(
            hasCredentials || (parts.matches() && isPort(parts.group(1))),
            "url",
            "is '" + url + "'; it must be redis://HOST:PORT/DB, or rediss://HOST:PORT/DB for TLS.")
        .notBlank("user", user)
        .check(
            user == null || password != null,
            "password",
            "is missing, and there is a user; give its password.")
        .throwIfAny();
  }

  public String host() {
    String host = URI.create(url).getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  public int port() {
    return URI.create(url).getPort();
  }

  /** The number of the database. */
  public int database() {
    String path = URI.create(url).getPath();
    return path.length() > 1 ? Integer.parseInt(path.substring(1)) : 0;
  }

  public boolean isTls() {
    return url.startsWith("rediss:");
  }

  private static boolean isPort(String digits) {
    int port = Integer.parseInt(digits);
    return port > 0 && port <= 65_535;
  }
}
