package dev.puck.service.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.service.config.Refusal;
import dev.puck.service.config.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresConfigTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql://db1:5432/app                 | jdbc:postgresql://db1:5432/app | db1:5432/app
          postgres://db1/app                        | jdbc:postgresql://db1/app | db1/app
          jdbc:postgresql://db1:5432/app            | jdbc:postgresql://db1:5432/app | db1:5432/app
          jdbc:postgresql://[::1]:5432/app          | jdbc:postgresql://[::1]:5432/app | [::1]:5432/app
          postgresql://a:1,b:2,[fe80::1%eth0]/app   | jdbc:postgresql://a:1,b:2,[fe80::1%eth0]/app | a:1,b:2,[fe80::1%eth0]/app
          postgresql:///app                         | jdbc:postgresql:///app | /app
          postgresql://h/a?sslmode=require&x=$1\\2  | jdbc:postgresql://h/a?sslmode=require&x=$1\\2 | h/a
          postgresql://h/a?options=-c%20a%3D/b      | jdbc:postgresql://h/a?options=-c%20a%3D/b | h/a
          """)
  void shouldTakeEveryFormOfUrl(String url, String jdbc, String address) {
    PostgresConfig config = new PostgresConfig(url, "puck", null);

    assertThat(config.url()).isEqualTo(jdbc);
    assertThat(config.address()).isEqualTo(address);
    assertThat(new PostgresConfig(jdbc, "puck", null)).isEqualTo(config);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://puck:hunter2@db1/app",
        "postgresql://puck:hun/ter2@db1/app",
        "postgresql://puck:hun?ter2@db1/app",
        "postgresql://puck@db1/app",
        "postgresql:puck:hunter2@db1",
        "postgresql://db1/app?user=puck",
        "jdbc:postgresql://db1/app?sslmode=require&PassWord=hunter2",
        "jdbc:postgresql://db1/app?sslpassword=hunter2"
      })
  void shouldRefuseCredentialsWithoutShowingThem(String url) {
    assertThat(Refusal.of(() -> new PostgresConfig(url, null, null)))
        .containsExactly(
            "url has a user or a password in it. Move them to 'user' and 'password', which are"
                + " kept secret, and write any other @ as %40.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "db1",
        "mysql://db1/app",
        "postgresql://db1",
        "postgresql://db1/",
        "postgresql://db1/?ssl=true",
        "postgresql://db1:port/app",
        "postgresql://db1:0/app",
        "postgresql://db1:65536/app",
        "postgresql://db1:5432:1/app",
        "postgresql://::1/app",
        "postgresql://[::1/app",
        "postgresql://db 1/app",
        "postgresql://db1/app "
      })
  void shouldRefuseWhatTheDriverWouldNotUnderstand(String url) {
    assertThat(Refusal.of(() -> new PostgresConfig(url, null, null)))
        .containsExactly("url is '" + url + "'; it must be postgresql://HOST:PORT/DATABASE.");
  }

  @Test
  void shouldTellAllProblemsAtOnce() {
    assertThat(Refusal.of(() -> new PostgresConfig("db1", " ", null))).hasSize(2);
  }

  @Test
  void shouldNotPrintThePassword() {
    assertThat(List.of(new PostgresConfig("postgresql://h/a", "u", new Secret("hunter2"))))
        .asString()
        .doesNotContain("hunter2");
  }
}
