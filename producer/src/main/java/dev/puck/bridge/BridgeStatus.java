package dev.puck.bridge;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.RouteConfig;
import dev.puck.bridge.metric.BridgeMetrics;
import dev.puck.bridge.metric.SlotState;
import dev.puck.bridge.source.Gap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a bridge says of itself; {@code /status} answers it as JSON.
 *
 * @param role {@code active}, or {@code standby} while another process leads
 * @param checks each health check with its problem, or {@code ok}
 * @param received changes read since the process began
 * @param published events handed to Kafka since then
 * @param pending events that Kafka has not acknowledged yet
 * @param slot the replication slot, as it was lately; null without one
 * @param startingState rows read so far of each table whose starting state is not complete
 * @param latestGaps the newest gaps, oldest first
 */
public record BridgeStatus(
    @JsonProperty String bridge,
    @JsonProperty String source,
    @JsonProperty String role,
    @JsonProperty Map<String, String> checks,
    @JsonProperty Map<String, String> routes,
    @JsonProperty long received,
    @JsonProperty long published,
    @JsonProperty long pending,
    @JsonProperty long queuedBytes,
    @JsonProperty long deadLetters,
    @JsonProperty long gaps,
    @JsonProperty @Nullable SlotState slot,
    @JsonProperty Map<String, Long> startingState,
    @JsonProperty List<LostInterval> latestGaps) {

  /** A gap, spelled for JSON. */
  public record LostInterval(
      @JsonProperty String from, @JsonProperty String to, @JsonProperty String reason) {
    static LostInterval of(Gap gap) {
      return new LostInterval(gap.from().toString(), gap.to().toString(), gap.reason());
    }
  }

  static BridgeStatus of(
      BridgeConfig config,
      BridgeMetrics metrics,
      Supervisor supervisor,
      Map<String, String> checks) {
    Map<String, String> routes = new TreeMap<>();
    for (RouteConfig route : config.routes()) {
      routes.put(route.from(), config.topicOf(route));
    }
    return new BridgeStatus(
        config.name(),
        config.source().name().toLowerCase(Locale.ROOT),
        supervisor.isStandby() ? "standby" : "active",
        checks,
        routes,
        metrics.receivedChanges(),
        metrics.publishedEvents(),
        supervisor.pendingEvents(),
        supervisor.queuedBytes(),
        metrics.deadLetterCount(),
        metrics.gapCount(),
        metrics.slotState().orElse(null),
        metrics.startingState(),
        metrics.latestGaps().stream().map(LostInterval::of).toList());
  }
}
