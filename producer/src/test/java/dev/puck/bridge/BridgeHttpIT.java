package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class BridgeHttpIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void shouldTellHowItIs(TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup =
        new BridgeSetup(environment).route("c", null, "/id").route("d", "other", null);
    try (Bridge bridge = setup.start();
        Connection connection = environment.connect()) {
      BridgeSetup.notify(connection, "c", "{\"id\":1}");
      BridgeSetup.notify(connection, "c", "no JSON");
      await().until(() -> bridge.status().published() == 2 && bridge.status().pending() == 0);

      // When, Then
      assertThat(get(bridge, "/health/live")).isEqualTo("{\"live\":true}");
      assertThat(json(bridge, "/health/ready").at("/checks"))
          .hasToString("{\"source\":\"ok\",\"kafka\":\"ok\"}");
      JsonNode status = json(bridge, "/status");
      assertThat(status.at("/bridge").asText()).isEqualTo(environment.name());
      assertThat(status.at("/source").asText()).isEqualTo("notify");
      assertThat(status.at("/routes/c").asText()).isEqualTo(setup.topic("c"));
      assertThat(status.at("/routes/d").asText()).isEqualTo(setup.topic("other"));
      assertThat(status.at("/received").asLong()).isEqualTo(2);
      assertThat(status.at("/published").asLong()).isEqualTo(2);
      assertThat(status.at("/deadLetters").asLong()).isEqualTo(1);
      assertThat(status.at("/gaps").asLong()).isZero();
      assertThat(status.at("/latestGaps").isArray()).isTrue();
    }
  }

  @Test
  void shouldNameItsMetricsAsPrometheusDoes(TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup = new BridgeSetup(environment).route("c", null, null);
    try (Bridge bridge = setup.start();
        Connection connection = environment.connect()) {
      BridgeSetup.notify(connection, "c", "1");
      await().until(() -> bridge.status().published() == 1 && bridge.status().pending() == 0);

      // When
      List<String> ours =
          get(bridge, "/metrics").lines().filter(line -> line.startsWith("puck_")).toList();

      // Then
      assertThat(ours)
          .containsExactlyInAnyOrder(
              "puck_bridge_dead_letters_total{channel=\"c\"} 0.0",
              "puck_bridge_dead_letters_total{channel=\"other\"} 0.0",
              "puck_bridge_failures_total{reason=\"fenced\"} 0.0",
              "puck_bridge_failures_total{reason=\"other\"} 0.0",
              "puck_bridge_gaps_total 0.0",
              "puck_bridge_leader 1.0",
              "puck_bridge_misfits_total 0.0",
              "puck_bridge_outbox_polls_total 0.0",
              "puck_bridge_outbox_rotations_total 0.0",
              "puck_bridge_outbox_wakeups_total{by=\"notification\"} 0.0",
              "puck_bridge_outbox_wakeups_total{by=\"timeout\"} 0.0",
              "puck_bridge_pending_events 0.0",
              "puck_bridge_published_events_total 1.0",
              "puck_bridge_queue_bytes 0.0",
              "puck_bridge_received_changes_total 1.0",
              "puck_bridge_source_connected 1.0",
              "puck_bridge_source_failures_total 0.0",
              "puck_bridge_starting_state_rows_total 0.0",
              "puck_bridge_wal_retained_bytes NaN",
              "puck_bridge_wal_safe_bytes NaN",
              "puck_bridge_wal_status{status=\"extended\"} 0.0",
              "puck_bridge_wal_status{status=\"lost\"} 0.0",
              "puck_bridge_wal_status{status=\"reserved\"} 0.0",
              "puck_bridge_wal_status{status=\"unreserved\"} 0.0",
              "puck_bridge_wal_unavailable_values_total 0.0");
    }
  }

  private static JsonNode json(Bridge bridge, String path) throws Exception {
    return JsonMapper.builder().build().readTree(get(bridge, path));
  }

  private static String get(Bridge bridge, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(bridge.url() + path)).build();
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return response.body();
  }
}
