package dev.puck.bridge;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.RouteConfig;
import dev.puck.bridge.metric.BridgeMetrics;
import dev.puck.bridge.publisher.FencedException;
import dev.puck.bridge.relay.Routes;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.health.Health;
import dev.puck.service.http.HttpService;
import dev.puck.service.metric.Metrics;
import dev.puck.service.retry.TransientException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A running bridge: relays one database's changes to Kafka until it is closed, through every
 * absence of either.
 */
public final class Bridge implements AutoCloseable {
  private final BridgeConfig config;
  private final Metrics metrics;
  private final BridgeMetrics counts;
  private final Supervisor supervisor;
  private final Health health;
  private final HttpService http;

  private Bridge(
      BridgeConfig config, Metrics metrics, BridgeMetrics counts, Supervisor supervisor) {
    this.config = config;
    this.metrics = metrics;
    this.counts = counts;
    this.supervisor = supervisor;
    this.health =
        new Health(
            List.of(
                Health.check("source", supervisor::sourceProblem),
                Health.check("kafka", supervisor::kafkaProblem)));
    this.http = HttpService.start(config.http(), health, metrics, this::status, more -> {});
  }

  /**
   * Connects both ends and begins to relay.
   *
   * @throws ConfigException if a setting must change first
   * @throws TransientException if PostgreSQL or Kafka is away
   */
  public static Bridge start(BridgeConfig config, KafkaConfig kafkaConfig)
      throws InterruptedException {
    return start(config, kafkaConfig, BridgeHooks.NONE);
  }

  /** The same, held by a proof. */
  public static Bridge start(BridgeConfig config, KafkaConfig kafkaConfig, BridgeHooks hooks)
      throws InterruptedException {
    Routes routes = Routing.of(config);
    Metrics metrics = new Metrics();
    Kafka kafka = new Kafka(kafkaConfig).measured(metrics.registry());
    BridgeMetrics counts =
        new BridgeMetrics(
            metrics.registry(), config.routes().stream().map(RouteConfig::from).toList());
    Supervisor supervisor =
        new Supervisor(
            config.name(),
            new SessionOpening(config, kafka, routes, counts, hooks)::open,
            failure -> counts.failed(failure instanceof FencedException));
    bindGauges(metrics.registry(), supervisor);
    // It listens first: a port in use must be found before anything is read or published.
    Bridge bridge = listening(config, metrics, counts, supervisor);
    try {
      supervisor.begin();
      return bridge;
    } catch (RuntimeException | InterruptedException e) {
      bridge.close();
      throw e;
    }
  }

  /** What the bridge says of itself, as {@code /status} does. */
  public BridgeStatus status() {
    return BridgeStatus.of(config, counts, supervisor, health.report());
  }

  /** Where it answers HTTP. */
  public String url() {
    return http.url();
  }

  /** Stops reading, publishes what was read, and releases everything; a few seconds at most. */
  @Override
  public void close() {
    try (metrics;
        supervisor) {
      http.close();
    }
  }

  private static Bridge listening(
      BridgeConfig config, Metrics metrics, BridgeMetrics counts, Supervisor supervisor) {
    try {
      return new Bridge(config, metrics, counts, supervisor);
    } catch (RuntimeException e) {
      metrics.close();
      throw e;
    }
  }

  private static void bindGauges(MeterRegistry registry, Supervisor supervisor) {
    gauge(
        registry,
        supervisor,
        "queue.bytes",
        "Changes that wait for Kafka.",
        Supervisor::queuedBytes);
    gauge(
        registry,
        supervisor,
        "pending.events",
        "Events that Kafka has not acknowledged.",
        Supervisor::pendingEvents);
    gauge(
        registry,
        supervisor,
        "leader",
        "1 while this process is the one that relays, 0 while it stands by.",
        s -> s.isStandby() ? 0 : 1);
    gauge(
        registry,
        supervisor,
        "source.connected",
        "1 while the source reads.",
        s -> s.sourceProblem().isEmpty() && !s.isStandby() ? 1 : 0);
  }

  private static void gauge(
      MeterRegistry registry,
      Supervisor supervisor,
      String name,
      String description,
      ToDoubleFunction<Supervisor> value) {
    Gauge.builder("puck.bridge." + name, supervisor, value)
        .description(description)
        .register(registry);
  }
}
