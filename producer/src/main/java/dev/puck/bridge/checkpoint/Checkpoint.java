package dev.puck.bridge.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.source.Position;
import dev.puck.service.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a bridge has come.
 *
 * @param bridge whose it is
 * @param source the source that it was reading
 * @param epoch the first part of the positions of what it publishes
 * @param position where the source stood; what comes before it is in Kafka
 * @param through what happened before this moment is in Kafka, or lies in a published gap
 * @param open transactions that the position divides, where it is told where they end
 * @param kafkaCluster the id of the cluster that it was written to; null where it is not known
 */
public record Checkpoint(
    String bridge,
    String source,
    long epoch,
    Position position,
    Instant through,
    List<OpenTransaction> open,
    @Nullable String kafkaCluster) {
  /** The topic that holds every bridge's latest checkpoint, under the bridge's name. */
  public static final String TOPIC = "puck.checkpoints";

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  public Checkpoint {
    open = List.copyOf(open);
  }

  /** One that divides no transaction. */
  public Checkpoint(
      String bridge,
      String source,
      long epoch,
      Position position,
      Instant through,
      @Nullable String kafkaCluster) {
    this(bridge, source, epoch, position, through, List.of(), kafkaCluster);
  }

  /** The record that stores it. */
  public OutgoingEvent toEvent() {
    byte[] key = bridge.getBytes(StandardCharsets.UTF_8);
    byte[] value = toJson().getBytes(StandardCharsets.UTF_8);
    return new OutgoingEvent(TOPIC, null, key, value, List.of(), null);
  }

  /** As it is stored. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(
          new Wire(
              bridge,
              source,
              epoch,
              position.text(),
              through.toString(),
              open.isEmpty() ? null : open,
              kafkaCluster));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A checkpoint of texts cannot fail to become JSON", e);
    }
  }

  /**
   * The checkpoint in that record.
   *
   * @throws ConfigException if it is not one that this version can read
   */
  static Checkpoint fromJson(byte[] json) {
    String text = new String(json, StandardCharsets.UTF_8);
    try {
      Wire wire = JSON.readValue(text, Wire.class);
      // The first version had no position: the notify source's is the moment.
      String position = wire.position == null ? wire.through : wire.position;
      return new Checkpoint(
          wire.bridge,
          wire.source,
          wire.epoch,
          new Position(position),
          Instant.parse(wire.through),
          wire.open == null ? List.of() : wire.open,
          wire.kafkaCluster);
    } catch (JsonProcessingException | DateTimeException | NullPointerException e) {
      throw new ConfigException(
          "The checkpoint in topic '"
              + TOPIC
              + "' is not one that this version reads: "
              + text
              + ". Give the bridge another name, or delete that record.",
          e);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Wire(
      @JsonProperty("bridge") String bridge,
      @JsonProperty("source") String source,
      @JsonProperty("epoch") long epoch,
      @JsonProperty("position") @Nullable String position,
      @JsonProperty("through") String through,
      @JsonProperty("open") @Nullable List<OpenTransaction> open,
      @JsonProperty("kafka_cluster") @Nullable String kafkaCluster) {}
}
