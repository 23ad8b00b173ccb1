package dev.puck.bridge.publisher.kafka;

import dev.puck.bridge.publisher.DeadLetter;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.event.DeadLetterTopic;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The topics that a bridge writes to: makes those that are missing before their first record, and
 * knows how large a record each takes. Outlives sessions; used by one thread at a time.
 */
public final class KnownTopics {
  /** Three answers of it must leave an open transaction alive. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Kafka kafka;
  private final int partitions;
  private final int replicationFactor;
  private final Map<String, Refusal> refusals = new HashMap<>();
  private SizeLimits limits = new SizeLimits(Map.of());

  /**
   * What the broker refused, although it was within what we had read.
   *
   * @param limit what we had read
   * @param bytes the smallest that was refused
   */
  private record Refusal(int limit, int bytes) {}

  /**
   * @param partitions how many a new topic gets
   * @param replicationFactor -1: as the broker decides
   */
  public KnownTopics(Kafka kafka, int partitions, int replicationFactor) {
    this.kafka = kafka;
    this.partitions = partitions;
    this.replicationFactor = replicationFactor;
  }

  /** They exist, and take so much. */
  KnownTopics with(SizeLimits known) {
    learn(known);
    return this;
  }

  /**
   * Forgets what it knew, as topics and limits may have changed, and sees that those exist.
   *
   * @param compacted topics without dead letters
   * @param events topics with dead letters
   * @throws TransientException if Kafka gives no answer
   * @throws ConfigException if it refuses a topic
   */
  public void begin(Collection<String> compacted, Collection<String> events)
      throws InterruptedException {
    limits = new SizeLimits(Map.of());
    TopicProvisioner provisioner = new TopicProvisioner(kafka, replicationFactor);
    compacted.forEach(provisioner::compacted);
    for (String topic : events) {
      provisioner.events(topic, partitions).deadLetters(DeadLetterTopic.of(topic));
    }
    learn(provisioner.provision());
  }

  /** Sees that the event's topic exists, and for what is no dead letter the dead letters' too. */
  void expect(OutgoingEvent event) {
    if (limits.know(event.topic())) {
      return;
    }
    if (DeadLetter.isOne(event)) {
      provision(provisioner().deadLetters(event.topic()));
    } else {
      expect(event.topic());
    }
  }

  /** The same for a topic of events. */
  void expect(String topic) {
    if (!limits.know(topic)) {
      provision(provisioner().events(topic, partitions).deadLetters(DeadLetterTopic.of(topic)));
    }
  }

  /** Whether the event's topic takes it, as far as is known. */
  boolean take(OutgoingEvent event) {
    return !limits.areExceededBy(event);
  }

  /**
   * The broker did not take it, although the limit that we read allows it. It is remembered until
   * another limit is read, so that the same event is not refused for ever.
   */
  void refused(OutgoingEvent event) {
    int bytes = SizeLimits.sizeInBytes(event);
    int limit = limits.of(event.topic());
    @Nullable Refusal known = refusals.get(event.topic());
    int read = known == null ? limit : known.limit();
    refusals.put(event.topic(), new Refusal(read, Math.min(bytes, limit)));
    limits = limits.with(Map.of(event.topic(), Math.min(bytes, limit) - 1));
  }

  /** How large a batch may be to be taken by every topic known, and at most {@code most}. */
  int batchBytes(int most) {
    return limits.batchBytes(most);
  }

  /** The largest record that a topic known takes; 0 if none is known. */
  int largestRecord() {
    return limits.maxMessageBytes().values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private TopicProvisioner provisioner() {
    return new TopicProvisioner(kafka.within(PATIENCE), replicationFactor);
  }

  private void provision(TopicProvisioner provisioner) {
    try {
      learn(provisioner.provision());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientException("Interrupted while a topic was being made.", e);
    }
  }

  private void learn(SizeLimits read) {
    Map<String, Integer> learned = new HashMap<>(read.maxMessageBytes());
    learned.replaceAll(this::withRefusal);
    limits = limits.with(learned);
  }

  private int withRefusal(String topic, int limit) {
    @Nullable Refusal refusal = refusals.get(topic);
    if (refusal == null || refusal.limit() != limit) {
      refusals.remove(topic);
      return limit;
    }
    return refusal.bytes() - 1;
  }
}
