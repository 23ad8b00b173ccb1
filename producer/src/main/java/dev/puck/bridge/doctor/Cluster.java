package dev.puck.bridge.doctor;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/**
 * Asks a Kafka cluster, each thing once. For one thread.
 *
 * <p>Every method but {@link #address} throws a {@link TransientException} if the cluster gives no
 * answer, and a {@link ConfigException} if it refuses.
 */
final class Cluster {
  private final Kafka kafka;
  private final Admin admin;
  private final List<TopicUse> uses;
  private @Nullable Map<String, TopicFacts> topics;
  private @Nullable Collection<Node> brokers;

  /**
   * That cluster.
   *
   * @param admin stays open
   * @param uses the topics to ask for
   */
  Cluster(Kafka kafka, Admin admin, List<TopicUse> uses) {
    this.kafka = kafka;
    this.admin = admin;
    this.uses = List.copyOf(uses);
  }

  /** {@code HOST:PORT}, as it was configured. */
  String address() {
    return kafka.address();
  }

  /** The topics that the bridge writes to. */
  List<TopicUse> uses() {
    return uses;
  }

  /** The brokers that are there now. */
  Collection<Node> brokers() throws InterruptedException {
    @Nullable Collection<Node> known = brokers;
    if (known == null) {
      known = kafka.await("listing brokers", admin.describeCluster().nodes());
      brokers = known;
    }
    return known;
  }

  /** The level of a feature that the whole cluster has agreed on; empty where it has none. */
  Optional<Short> feature(String name) throws InterruptedException {
    @Nullable FinalizedVersionRange range =
        kafka
            .await("reading features", admin.describeFeatures().featureMetadata())
            .finalizedFeatures()
            .get(name);
    return Optional.ofNullable(range).map(FinalizedVersionRange::maxVersionLevel);
  }

  /** A setting of the brokers, as the first one has it; empty where it has none. */
  Optional<String> brokerSetting(String name) throws InterruptedException {
    ConfigResource broker =
        new ConfigResource(ConfigResource.Type.BROKER, brokers().iterator().next().idString());
    Config config =
        kafka
            .await("reading a broker's settings", admin.describeConfigs(List.of(broker)).all())
            .get(broker);
    return Optional.ofNullable(config).map(c -> c.get(name)).map(ConfigEntry::value);
  }

  /** The topic, if it exists. */
  Optional<TopicFacts> topic(String name) throws InterruptedException {
    @Nullable Map<String, TopicFacts> known = topics;
    if (known == null) {
      known = describe();
      topics = known;
    }
    return Optional.ofNullable(known.get(name));
  }

  private Map<String, TopicFacts> describe() throws InterruptedException {
    ListTopicsOptions all = new ListTopicsOptions().listInternal(true);
    Set<String> existing = kafka.await("listing topics", admin.listTopics(all).names());
    Set<String> names =
        uses.stream().map(TopicUse::topic).filter(existing::contains).collect(Collectors.toSet());
    Map<String, TopicDescription> descriptions =
        kafka.await("describing topics", admin.describeTopics(names).allTopicNames());
    Map<ConfigResource, Config> configs =
        kafka.await(
            "reading the topics' settings",
            admin
                .describeConfigs(
                    names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all());
    Map<String, TopicFacts> facts = new HashMap<>();
    configs.forEach(
        (topic, config) ->
            Optional.ofNullable(descriptions.get(topic.name()))
                .ifPresent(found -> facts.put(topic.name(), facts(found, config))));
    return facts;
  }

  private static TopicFacts facts(TopicDescription topic, Config config) {
    return new TopicFacts(
        topic.partitions().size(),
        topic.partitions().stream().mapToInt(part -> part.replicas().size()).min().orElse(0),
        config.entries().stream()
            .filter(entry -> entry.value() != null)
            .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
  }
}
