package dev.puck.service.connection;

import dev.puck.service.config.Problems;
import dev.puck.service.config.Secret;
import dev.puck.service.config.Setting;
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
      Pattern.compile("(?:jdbc:)?(postgres(?:ql)?)://([^/?@]*/[^/?]+(?:\\?.*)?)");
  private static final Pattern CREDENTIALS =
      Pattern.compile("//[^/]*@|[?&](?:user|password)=", Pattern.CASE_INSENSITIVE);

  public PostgresConfig {
    boolean hasCredentials = CREDENTIALS.matcher(url).find();
    new Problems()
        .check(
            !hasCredentials,
            "url",
            "holds a user or a password; move them to 'user' and 'password', which are kept secret.")
        .check(
            hasCredentials || URL.matcher(url).matches(),
            "url",
            "is '" + url + "'; write it as postgresql://HOST:PORT/DATABASE.")
        .notBlank("user", user)
        .throwIfAny();
    url = URL.matcher(url).replaceFirst("jdbc:postgresql://$2");
  }

  /** The part of the URL that may be shown: host, port and database. */
  public String address() {
    String address = url.substring("jdbc:postgresql://".length());
    int parameters = address.indexOf('?');
    return parameters < 0 ? address : address.substring(0, parameters);
  }
}
