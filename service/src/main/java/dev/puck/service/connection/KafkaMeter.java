package dev.puck.service.connection;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * What is told of Kafka's clients, under the names that Micrometer's own binder gives. That one
 * tells hundreds, many by topic, partition and broker, and times in milliseconds; these are what an
 * operator asks for, by client, in base units.
 */
enum KafkaMeter {
  SENT("producer", "record-send-total", "Records that were sent."),
  SEND_ERRORS("producer", "record-error-total", "Records that Kafka did not take."),
  SEND_RETRIES("producer", "record-retry-total", "Records that were sent again."),
  SENT_BYTES("producer", "outgoing-byte-total", "Bytes that were sent."),
  SEND_LATENCY("producer", "request-latency-avg", "Mean time of a request to Kafka."),
  SEND_BUFFER("producer", "buffer-available-bytes", "Room for records that are not sent yet."),
  SENDS_IN_FLIGHT("producer", "requests-in-flight", "Requests without an answer yet."),
  PRODUCER_CONNECTIONS("producer", "connection-count", "Open connections to brokers."),
  PRODUCER_REFUSALS(
      "producer", "failed-authentication-total", "Connections that a broker refused."),
  READ("consumer-fetch-manager", "records-consumed-total", "Records that were read."),
  READ_BYTES("consumer-fetch-manager", "bytes-consumed-total", "Bytes that were read."),
  READ_LATENCY("consumer-fetch-manager", "fetch-latency-avg", "Mean time of a fetch."),
  READ_LAG("consumer-fetch-manager", "records-lag-max", "Records behind, in the worst partition."),
  PARTITIONS("consumer-coordinator", "assigned-partitions", "Partitions that the client has."),
  REBALANCES("consumer-coordinator", "rebalance-total", "Rebalances of its group."),
  FAILED_REBALANCES(
      "consumer-coordinator", "failed-rebalance-total", "Rebalances of its group that failed."),
  CONSUMER_CONNECTIONS("consumer", "connection-count", "Open connections to brokers."),
  CONSUMER_REFUSALS(
      "consumer", "failed-authentication-total", "Connections that a broker refused.");

  private static final Set<String> TAGS = Set.of("client-id");
  private static final Map<String, KafkaMeter> BY_NAME = new HashMap<>();

  static {
    for (KafkaMeter meter : values()) {
      BY_NAME.put(meter.group + "-metrics/" + meter.metric, meter);
    }
  }

  private final String group;
  private final String metric;
  private final String description;

  KafkaMeter(String group, String metric, String description) {
    this.group = group;
    this.metric = metric;
    this.description = description;
  }

  /** What a metric of a client is told as; null: not at all. */
  static @Nullable KafkaMeter of(MetricName name) {
    boolean byClient = name.tags().keySet().equals(TAGS);
    return byClient ? BY_NAME.get(name.group() + "/" + name.name()) : null;
  }

  /** Without what a registry adds, and without what it keeps for histograms. */
  String meterName() {
    return "kafka."
        + (group + "." + metric)
            .replace('-', '.')
            .replace("connection.count", "connections")
            .replaceFirst("\\.(total|bytes)$", "");
  }

  String description() {
    return description;
  }

  boolean isCounter() {
    return metric.endsWith("-total");
  }

  /** Null: a number of things. */
  @Nullable String baseUnit() {
    if (isTime()) {
      return "seconds";
    }
    return metric.endsWith("-bytes") ? "bytes" : null;
  }

  /** In the base unit. */
  double scaled(double value) {
    return isTime() ? value / 1_000 : value;
  }

  private boolean isTime() {
    return metric.contains("latency");
  }
}
