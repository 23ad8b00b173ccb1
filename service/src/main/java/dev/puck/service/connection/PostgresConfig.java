package dev.puck.service.connection;

import dev.puck.service.config.Problems;
import dev.puck.service.config.Secret;
import dev.puck.service.config.Setting;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one database.
 *
 * @param url always {@code jdbc:postgresql:…} once constructed
 * @param user null: as the driver decides
 * @param password null: none, or as the driver finds it
 */
public record PostgresConfig(
    @Setting(
            "The database, as `postgresql://HOST:PORT/DATABASE` or as a JDBC URL, with the driver's"
                + " parameters such as `?sslmode=verify-full`; without user and password.")
        String url,
    @Setting("The role to connect as.") @Nullable String user,
    @Setting("The role's password; write `${NAME}` to take it from the environment.")
        @Nullable Secret password) {
  private static final Pattern URL =
      Pattern.compile("(?:jdbc:)?postgres(?:ql)?://([^/?\\s]*)(/[^/?\\s]+(?:\\?\\S*)?)");
  private static final Pattern HOST =
      Pattern.compile("(?:\\[[0-9A-Za-z:.%_-]+\\]|[^:\\[\\]]*)(?::(\\d{1,5}))?");

  /** Any @ may end a user and a password, even where the driver would not look for them. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("@|[?&](?:user|password|sslpassword)=", Pattern.CASE_INSENSITIVE);

  public PostgresConfig {
    boolean hasCredentials = CREDENTIALS.matcher(url).find();
    Matcher parts = URL.matcher(url);
    boolean isUrl = parts.matches() && areHosts(parts.group(1));
    new Problems()
        .check(
            !hasCredentials,
            "url",
            "has a user or a password in it. Move them to 'user' and 'password', which are kept"
                + " secret, and write any other @ as %40.")
        .check(
            hasCredentials || isUrl,
            "url",
            "is '" + url + "'; it must be postgresql://HOST:PORT/DATABASE.")
        .notBlank("user", user)
        .throwIfAny();
    url = "jdbc:postgresql://" + parts.group(1) + parts.group(2);
  }

  /** One, none, or several with commas between. */
  private static boolean areHosts(String hosts) {
    return Arrays.stream(hosts.split(",", -1)).allMatch(PostgresConfig::isHost);
  }

  private static boolean isHost(String host) {
    Matcher matcher = HOST.matcher(host);
    return matcher.matches() && (matcher.group(1) == null || isPort(matcher.group(1)));
  }

  private static boolean isPort(String digits) {
    int port = Integer.parseInt(digits);
    return port > 0 && port <= 65_535;
  }

  /** The database's name. */
  public String database() {
    String address = address();
    return URLDecoder.decode(address.substring(address.indexOf('/') + 1), StandardCharsets.UTF_8);
  }

  /** The part of the URL that may be shown: host, port and database. */
  public String address() {
    String address = url.substring("jdbc:postgresql://".length());
    int parameters = address.indexOf('?');
    return parameters < 0 ? address : address.substring(0, parameters);
  }
}
