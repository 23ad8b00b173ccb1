package dev.puck.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of a record in the transaction topic: where a transaction of the database begins, or
 * ends, in the topics of its changes. Spelled as Debezium does.
 *
 * @param status which of the two
 * @param id the 64-bit transaction id, as in {@link EventHeaders#XID}
 * @param eventCount at the end, how many changes of rows it had; null at the beginning
 * @param dataCollections at the end, how many each table had; null at the beginning
 * @param atMillis when it happened, in milliseconds since 1970
 */
public record TransactionEvent(
    @JsonProperty("status") Status status,
    @JsonProperty("id") String id,
    @JsonProperty("event_count") @Nullable Long eventCount,
    @JsonProperty("data_collections") @Nullable List<DataCollection> dataCollections,
    @JsonProperty("ts_ms") long atMillis) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  public TransactionEvent {
    dataCollections = dataCollections == null ? null : List.copyOf(dataCollections);
  }

  /** What such a record tells. */
  public enum Status {
    BEGIN,
    END
  }

  /**
   * A table's part in a transaction.
   *
   * @param table {@code schema.table}
   * @param eventCount how many changes of its rows the transaction had
   */
  public record DataCollection(
      @JsonProperty("data_collection") String table,
      @JsonProperty("event_count") long eventCount) {}

  /** That one begins. */
  public static TransactionEvent begin(String id, long atMillis) {
    return new TransactionEvent(Status.BEGIN, id, null, null, atMillis);
  }

  /** That one ends, and how much it was. */
  public static TransactionEvent end(String id, List<DataCollection> tables, long atMillis) {
    long count = tables.stream().mapToLong(DataCollection::eventCount).sum();
    return new TransactionEvent(Status.END, id, count, tables, atMillis);
  }

  /** The event as JSON in UTF-8. */
  public byte[] toJson() {
    return written(this);
  }

  /** The key of its record as JSON in UTF-8, the same for beginning and end. */
  public byte[] key() {
    return written(new Key(id));
  }

  /**
   * The event of that JSON.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  public static TransactionEvent fromJson(byte[] json) {
    try {
      return JSON.readValue(json, TransactionEvent.class);
    } catch (IOException e) {
      throw new IllegalArgumentException("Not a transaction's record: " + e.getMessage(), e);
    }
  }

  private static byte[] written(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts and numbers cannot fail to become JSON", e);
    }
  }

  private record Key(@JsonProperty("id") String id) {}
}
