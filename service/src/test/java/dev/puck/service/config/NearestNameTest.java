package dev.puck.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestNameTest {
  private static final List<String> KNOWN =
      List.of("port", "url", "batch-size", "poll-interval", "to", "bootstrap-servers");

  @ParameterizedTest
  @CsvSource({
    "prot, port",
    "PORT, port",
    "urls, url",
    "batchSize, batch-size",
    "batch_size, batch-size",
    "batch, batch-size",
    "pol-intervall, poll-interval",
    "bootstrap-server, bootstrap-servers"
  })
  void shouldFindWhatWasMeant(String name, String meant) {
    assertThat(NearestName.to(name, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "zebra", "xyz", "at", "a", "completely-different"})
  void shouldNotGuessWildly(String name) {
    assertThat(NearestName.to(name, KNOWN)).isEmpty();
    assertThat(NearestName.hint(name, KNOWN))
        .isEqualTo("known: batch-size, bootstrap-servers, poll-interval, port, to, url.");
  }

  @Test
  void shouldHintAtTheNearest() {
    assertThat(NearestName.hint("prot", KNOWN)).isEqualTo("did you mean 'port'?");
  }
}
