package dev.puck.lab.proof.observer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.lab.proof.history.Boundary;
import dev.puck.lab.proof.history.Part;
import dev.puck.lab.proof.history.Sighting.Kind;
import dev.puck.lab.proof.history.Sighting.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes out what records say of their transactions, by docs/events.md and without any class of the
 * bridge.
 */
final class TransactionReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<Boundary> boundaries = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();

  /** What a record of that kind says. */
  void read(ConsumerRecord<byte[], byte[]> each, Kind kind) {
    if (kind == Kind.BOUNDARY) {
      readBoundary(each);
    } else if (kind == Kind.ROW) {
      readPart(each);
    }
  }

  /** What was read; of each partition in its order. */
  List<Boundary> boundaries() {
    return boundaries;
  }

  List<Part> parts() {
    return parts;
  }

  private void readBoundary(ConsumerRecord<byte[], byte[]> each) {
    JsonNode told = parsed(each);
    Map<String, Long> counts = new HashMap<>();
    for (JsonNode table : told.path("data_collections")) {
      counts.put(table.path("data_collection").asText(), table.path("event_count").asLong());
    }
    boolean isEnd = told.path("status").asText().equals("END");
    boundaries.add(new Boundary(place(each), told.path("id").asLong(), isEnd, counts));
  }

  private void readPart(ConsumerRecord<byte[], byte[]> each) {
    JsonNode envelope = parsed(each);
    JsonNode part = envelope.path("transaction");
    if (part.isObject()) {
      JsonNode source = envelope.path("source");
      parts.add(
          new Part(
              place(each),
              part.path("id").asLong(),
              source.path("schema").asText() + '.' + source.path("table").asText(),
              part.path("total_order").asLong(),
              part.path("data_collection_order").asLong()));
    }
  }

  private static Place place(ConsumerRecord<byte[], byte[]> each) {
    return new Place(each.topic(), each.partition(), each.offset());
  }

  /** Nothing, where it is no JSON: that is not for us to judge. */
  private static JsonNode parsed(ConsumerRecord<byte[], byte[]> each) {
    try {
      return JSON.readTree(each.value());
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }
}
