package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Audits that a test asks for. */
final class AskedAudits {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private AskedAudits() {}

  /**
   * What audits of all projections of that name found, by kind.
   *
   * @param query of the request, with its question mark
   */
  static ObjectNode run(Projector projector, String name, String query) throws Exception {
    Map<String, Long> numbers = new TreeMap<>();
    HttpResponse<String> asked = Playground.post(projector, "/audit/" + name + query);
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
    for (JsonNode each : JSON.readTree(asked.body()).path("audits")) {
      numbers.put(each.path("kind").asText(), each.path("next").asLong());
    }
    ObjectNode results = JSON.createObjectNode();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> {
              for (JsonNode each : status(projector)) {
                if (!each.path("name").asText().equals(name)) {
                  continue;
                }
                String kind = each.path("kind").asText();
                assertThat(each.path("completed").asLong())
                    .as("%s", each)
                    .isGreaterThanOrEqualTo(numbers.get(kind));
                results.set(kind, each.path("last"));
              }
            });
    return results;
  }

  /** How the audits of all projections are. */
  static JsonNode status(Projector projector) throws Exception {
    return JSON.readTree(Playground.get(projector, "/audit").body()).path("audits");
  }
}
