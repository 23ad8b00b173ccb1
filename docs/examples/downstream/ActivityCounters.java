import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Counts retweets by message, with nothing but Kafka's client and Jackson: see README.md here. */
public final class ActivityCounters {
  private static final int REMEMBERED = 100_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, Long> retweets = new TreeMap<>();
  private final Map<TopicPartition, String> positions = new HashMap<>();
  private final Set<String> ids = new LinkedHashSet<>();
  private boolean exact = true;

  public static void main(String[] args) throws JsonProcessingException {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", args[0],
            // Otherwise one sees what may still be taken back.
            "isolation.level", "read_committed");
    ActivityCounters service = new ActivityCounters();
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      var partitions =
          consumer.partitionsFor(args[1]).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!Thread.interrupted()) {
        var records = consumer.poll(Duration.ofMillis(500));
        records.forEach(service::apply);
        if (!records.isEmpty()) {
          var state = Map.of("exact", service.exact, "retweets", service.retweets);
          System.out.println(JSON.writeValueAsString(state));
        }
      }
    }
  }

  private void apply(ConsumerRecord<String, String> record) {
    switch (header(record, "puck.kind")) {
      case "message" -> {
        if (isNew(record)) {
          count(record);
        }
      }
      // Changes may be missing since then: these counters must be built anew from the truth.
      case "gap" -> exact = false;
      default -> {} // What we do not know says nothing to us.
    }
  }

  private void count(ConsumerRecord<String, String> record) {
    if (record.value() == null) { // A tombstone: what has this key is gone.
      retweets.remove(record.key());
      return;
    }
    try {
      JsonNode change = JSON.readTree(record.value());
      retweets.merge(change.path("messageid").asText(), change.path("rts").asLong(), Long::sum);
    } catch (JsonProcessingException e) {
      System.err.println("Not JSON, at offset " + record.offset() + ": " + record.value());
    }
  }

  /** After a failure, at-least-once gives a change again, or late by a bridge that leads no more. */
  private boolean isNew(ConsumerRecord<String, String> record) {
    var partition = new TopicPartition(record.topic(), record.partition());
    String position = header(record, "puck.position");
    if (position.compareTo(positions.getOrDefault(partition, "")) < 0) {
      return false;
    }
    positions.put(partition, position);
    if (ids.size() == REMEMBERED) {
      ids.remove(ids.iterator().next());
    }
    return ids.add(header(record, "puck.id"));
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
