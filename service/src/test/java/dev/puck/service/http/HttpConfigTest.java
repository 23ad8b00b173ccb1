package dev.puck.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.service.config.Refusal;
import dev.puck.service.config.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConfigTest {
  private static final Secret TOKEN = new Secret("0123456789abcdef");

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1"})
  void shouldNeedNoTokenOnLoopback(String address) {
    assertThat(new HttpConfig(address, 0, null).token()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "127.0.0.1.example.com", "db1"})
  void shouldNeedATokenElsewhere(String address) {
    assertThat(new HttpConfig(address, 0, TOKEN).token()).isEqualTo(TOKEN);
    assertThat(Refusal.of(() -> new HttpConfig(address, 0, null)))
        .containsExactly(
            "token is missing, and address is '"
                + address
                + "'. Set a token, or listen on 127.0.0.1 only.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "hunter2 hunter2 hunter2",
        "hunter2hunter2hunter2\n",
        "hunter2hunter2é"
      })
  void shouldRefuseTokensThatAreShortOrNoHeaderCarries(String token) {
    assertThat(Refusal.of(() -> new HttpConfig("127.0.0.1", 0, new Secret(token))))
        .singleElement()
        .asString()
        .startsWith("token cannot be used; it must be 16 or more")
        .doesNotContain("hunter2");
  }

  @Test
  void shouldTellAllProblemsAtOnce() {
    assertThat(Refusal.of(() -> new HttpConfig(" ", 65_536, null)))
        .contains("port is 65536; it must be between 0 and 65535.")
        .anyMatch(problem -> problem.startsWith("address is empty"));
  }
}
