package dev.puck.consumer.freshness;

import dev.puck.consumer.subscription.Consumers;
import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.Backoff;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of tokens, from some minutes ago, in a thread of its own. The topic may not be
 * there before the first token is. Owns its client; only {@link #close} is for others.
 */
final class TokenFollower implements Runnable, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(TokenFollower.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final TokenLog log;
  private final Backoff backoff = new Backoff(new Random());
  private final Set<TopicPartition> taken = new HashSet<>();
  private final Thread thread = new Thread(this, "tokens");
  private volatile boolean stopping;

  TokenFollower(Kafka kafka, String clientId, String topic, TokenLog log) {
    this.consumer = Consumers.create(kafka, clientId, Map.of());
    this.topic = topic;
    this.log = log;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        round();
      }
    } catch (WakeupException | InterruptException e) {
      LOGGER.debug("No more tokens are read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }

  @Override
  public void close() {
    stopping = true;
    consumer.wakeup();
    if (thread.getState() == Thread.State.NEW) {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
      return;
    }
    try {
      thread.join(CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() throws InterruptedException {
    try {
      takeAdded();
      if (taken.isEmpty()) {
        Thread.sleep(POLL.toMillis());
        return;
      }
      List<String> tokens = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.value() != null) {
          tokens.add(new String(record.value(), StandardCharsets.UTF_8));
        }
      }
      log.add(tokens);
      backoff.reset();
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (InvalidOffsetException e) {
      consumer.seekToBeginning(e.partitions());
    } catch (KafkaException e) {
      LOGGER.debug("Tokens cannot be read now", e);
      Thread.sleep(backoff.next().toMillis());
    }
  }

  /** The client answers from its own copy of the metadata, but for a topic that is not there. */
  private void takeAdded() {
    Set<TopicPartition> all = new HashSet<>();
    for (PartitionInfo partition : consumer.partitionsFor(topic)) {
      all.add(new TopicPartition(topic, partition.partition()));
    }
    Set<TopicPartition> added = new HashSet<>(all);
    added.removeAll(taken);
    if (added.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> since = since(added);
    consumer.assign(all);
    since.forEach(consumer::seek);
    taken.addAll(added);
  }

  private Map<TopicPartition, Long> since(Set<TopicPartition> partitions) {
    long from = Instant.now().minus(TokenLog.KEPT).toEpochMilli();
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, from));
    Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions));
    for (Map.Entry<TopicPartition, @Nullable OffsetAndTimestamp> found :
        consumer.offsetsForTimes(times).entrySet()) {
      @Nullable OffsetAndTimestamp offset = found.getValue();
      if (offset != null) {
        offsets.put(found.getKey(), offset.offset());
      }
    }
    return offsets;
  }
}
