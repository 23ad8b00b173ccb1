package dev.puck.cli.console;

import static dev.puck.cli.console.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.consumer.Projector;
import dev.puck.consumer.config.ConsumerConfig;
import dev.puck.consumer.config.JobConfig;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.event.Tokens;
import dev.puck.service.config.Secret;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.http.HttpConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** The console of a process that asks for a token; it has jobs alone, and so needs no Kafka. */
@ExtendWith(PuckExtension.class)
@Timeout(120)
class ConsoleTokenIT {
  private static final String TOKEN = "0123456789abcdef";

  private final TestEnvironment environment;

  ConsoleTokenIT(TestEnvironment environment) {
    this.environment = environment;
  }

  @Test
  void shouldAskForTheTokenAndKeepItInTheTabAlone() throws Exception {
    try (Browser browser = Browser.start()) {
      try (Projector consumer = Projector.start(config(), kafka())) {
        // Given
        browser.open(consumer.url());
        eventually(() -> assertThat(browser.text("#connection")).isEqualTo("needs a token"));
        assertThat(browser.element("#jobs").isDisplayed()).isFalse();

        // When it is wrong
        browser.press("another-token-of-16", Keys.ENTER);
        eventually(
            () ->
                assertThat(browser.text("#token-error")).contains("not the token of this process"));

        // And then right
        browser.press(TOKEN, Keys.ENTER);

        // Then
        eventually(() -> assertThat(browser.text("#connection")).isEqualTo("live"));
        eventually(() -> assertThat(browser.all("#job-list > li")).hasSize(1));
        assertThat(browser.element("#token").isDisplayed()).isFalse();
        assertThat(browser.script("return sessionStorage.getItem('puck.token')")).isEqualTo(TOKEN);
        assertThat(browser.script("return localStorage.length + document.cookie.length"))
            .isEqualTo(0L);
        assertThat(browser.script("return location.href")).isEqualTo(consumer.url() + "/");

        // And orders bear it
        browser.tabTo(browser.control("#jobs", "Pause tidy"));
        browser.press(Keys.ENTER);
        eventually(() -> assertThat(browser.text("#outcome")).isEqualTo("tidy is paused."));
        eventually(() -> assertThat(browser.text("[data-job=tidy]")).contains("paused"));
        assertThat(browser.complaints()).allMatch(each -> each.contains("status of 401"));
      }

      // And who ends the process ends the stream
      eventually(() -> assertThat(browser.text("#connection")).startsWith("no connection: "));
    }
  }

  private ConsumerConfig config() {
    return new ConsumerConfig(
        environment.name(),
        new PostgresConfig(environment.url(), environment.user(), null),
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(
            new JobConfig("tidy", null, "select 1", null, "0 0 1 1 *", Duration.ofMinutes(1), 10)),
        Tokens.CHANNEL,
        null,
        new HttpConfig("127.0.0.1", 0, new Secret(TOKEN)));
  }

  private static KafkaConfig kafka() {
    return new KafkaConfig("127.0.0.1:1", Map.of());
  }
}
