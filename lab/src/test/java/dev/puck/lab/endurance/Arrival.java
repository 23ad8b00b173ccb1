package dev.puck.lab.endurance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.lab.bench.stage.RecordNumber;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a record of {@link Ledger#TABLE} says.
 *
 * @param key the row's
 * @param operation as in the event; {@value #TOMBSTONE} for what follows a deletion
 * @param version the change's number; 0 for a tombstone
 */
record Arrival(long key, char operation, long version) {
  static final char TOMBSTONE = 't';

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Reads one.
   *
   * @throws IOException if it is no change of a row
   */
  static Arrival of(ConsumerRecord<byte[], byte[]> each) throws IOException {
    long key = RecordNumber.of(each);
    if (each.value() == null) {
      return new Arrival(key, TOMBSTONE, 0);
    }
    JsonNode event = JSON.readTree(each.value());
    String operation = event.path("op").asText("?");
    // A deletion leaves no row behind that could bear its number.
    long version =
        operation.equals("d") ? number(event.path("before")) + 1 : number(event.path("after"));
    return new Arrival(key, operation.charAt(0), version);
  }

  private static long number(JsonNode row) {
    return row.path("version").asLong();
  }
}
