package dev.puck.lab.proof.consumer;

import dev.puck.embedded.EmbeddedConfig;
import dev.puck.embedded.EmbeddedKafka;
import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.embedded.EmbeddedRedis;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.ServerConfig;
import java.util.Map;

/** A source with Kafka, which stay, and what is downstream of it, which is killed. */
final class ConsumerServers implements AutoCloseable {
  /** No segment ends: what is in it is not compacted, and who judges sees all there was. */
  private static final Map<String, String> KAFKA =
      Map.of("log.segment.bytes", "2000000000", "group.initial.rebalance.delay.ms", "0");

  private final EmbeddedServers upstream =
      EmbeddedServers.inTemporaryDirectory(
          EmbeddedConfig.defaults().withKafka(new ServerConfig(0, /* durable= */ false, KAFKA)));
  private final EmbeddedServers downstream = EmbeddedServers.inTemporaryDirectory();

  EmbeddedPostgres source() {
    return upstream.postgres();
  }

  EmbeddedKafka kafka() {
    return upstream.kafka();
  }

  EmbeddedPostgres database() {
    return downstream.postgres();
  }

  EmbeddedRedis redis() {
    return downstream.redis();
  }

  @Override
  public void close() {
    try (upstream) {
      downstream.close();
    }
  }
}
