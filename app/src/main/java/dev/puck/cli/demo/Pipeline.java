package dev.puck.cli.demo;

import dev.puck.bridge.Bridge;
import dev.puck.bridge.BridgeStatus;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.Delivery;
import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.config.RouteConfig;
import dev.puck.bridge.config.TopicsConfig;
import dev.puck.bridge.config.WalConfig;
import dev.puck.consumer.Projector;
import dev.puck.consumer.config.ConsumerConfig;
import dev.puck.consumer.config.ReducerConfig;
import dev.puck.consumer.config.SummaryConfig;
import dev.puck.consumer.projection.ProjectionStatus;
import dev.puck.consumer.reducer.ReducerProjection;
import dev.puck.event.Tokens;
import dev.puck.lab.tweet.MessageCounters;
import dev.puck.lab.tweet.MessageCounters.Counters;
import dev.puck.lab.tweet.SqlScript;
import dev.puck.service.http.HttpConfig;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bridge and the consumer of the demo, configured as a file would. */
final class Pipeline implements AutoCloseable {
  static final String TOPIC = "tweet.activity";

  /** The bridge's name. */
  static final String BRIDGE = "demo";

  private static final String NAME = "counters";
  private static final int PARTITIONS = 6;
  private static final long QUEUE_BYTES = 64L << 20;

  private final Bridge bridge;
  private final Projector projector;
  private final ReducerProjection<?> cache;

  private Pipeline(Bridge bridge, Projector projector) {
    this.bridge = bridge;
    this.projector = projector;
    this.cache = projector.reducer(NAME);
  }

  /** Starts the bridge, which makes the topics, and then the consumer. */
  static Pipeline start(DemoServers servers, DemoOptions options) throws InterruptedException {
    Bridge bridge = Bridge.start(bridgeConfig(servers, options), servers.kafka());
    try {
      return new Pipeline(
          bridge, Projector.start(consumerConfig(servers, bridge), servers.kafka()));
    } catch (RuntimeException e) {
      bridge.close();
      throw e;
    }
  }

  BridgeStatus bridgeStatus() {
    return bridge.status();
  }

  String bridgeUrl() {
    return bridge.url();
  }

  String consumerUrl() {
    return projector.url();
  }

  boolean isReady() {
    return projector.isReady();
  }

  /** A message's counters in the cache; null where it has none. */
  @Nullable Counters cached(long messageid) {
    return (Counters) cache.get(Long.toString(messageid));
  }

  /** How many retweets of a message the cache shows. */
  long cachedRetweets(long messageid) {
    @Nullable Counters counters = cached(messageid);
    return counters == null ? 0 : counters.rts();
  }

  /** How many events the cache has applied. */
  long applied() {
    return projector.status().projections().stream()
        .filter(projection -> projection.kind().equals("reducer"))
        .mapToLong(ProjectionStatus::events)
        .sum();
  }

  /** Whether nothing is under way between the source and the projections. */
  boolean isDrained() {
    BridgeStatus status = bridge.status();
    return status.pending() == 0
        && status.queuedBytes() == 0
        && projector.status().projections().stream()
            .allMatch(projection -> projection.lag() != null && projection.lag() == 0);
  }

  /** What is wrong with a projection, if something is. */
  List<String> projectionProblems() {
    return projector.status().projections().stream()
        .filter(projection -> projection.error() != null)
        .map(projection -> projection.name() + ": " + projection.error())
        .toList();
  }

  @Override
  public void close() {
    projector.close();
    bridge.close();
  }

  private static BridgeConfig bridgeConfig(DemoServers servers, DemoOptions options) {
    return new BridgeConfig(
        BRIDGE,
        servers.source(),
        options.source(),
        Delivery.EXACTLY_ONCE,
        OutboxConfig.byDefault(),
        WalConfig.byDefault(),
        new TopicsConfig(null, PARTITIONS, -1),
        List.of(RouteConfig.ofChannel(TOPIC, null, "/messageid")),
        QUEUE_BYTES,
        Duration.ofSeconds(10),
        http(List.of()));
  }

  private static ConsumerConfig consumerConfig(DemoServers servers, Bridge bridge) {
    ReducerConfig caching =
        new ReducerConfig(
            NAME,
            List.of(TOPIC),
            MessageCounters.class.getName(),
            NAME,
            "select messageid::text as key, to_jsonb(counters) as value from twcache.counters",
            null);
    SummaryConfig summary =
        new SummaryConfig(
            NAME,
            List.of(TOPIC),
            "twcache.counters",
            SqlScript.load("/sql/summary/counters.sql").sql(),
            null,
            null);
    return new ConsumerConfig(
        "demo",
        servers.downstream(),
        null,
        null,
        List.of(),
        List.of(caching),
        List.of(summary),
        Tokens.CHANNEL,
        null,
        http(List.of(bridge.url())));
  }

  private static HttpConfig http(List<String> peers) {
    return new HttpConfig("127.0.0.1", 0, null, false, peers);
  }
}
