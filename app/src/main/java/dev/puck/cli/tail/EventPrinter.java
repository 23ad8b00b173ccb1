package dev.puck.cli.tail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.event.EventHeaders;
import dev.puck.event.EventKind;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Writes an event as a line for people, or as a JSON object with everything. For one thread. */
public final class EventPrinter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PrintWriter out;
  private final boolean json;

  public EventPrinter(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** Writes that event. */
  public void print(ConsumerRecord<byte[], byte[]> event) {
    out.println(json ? asJson(event) : asLine(event));
  }

  /** Lets everything be seen. */
  public void flush() {
    out.flush();
  }

  private static String asLine(ConsumerRecord<byte[], byte[]> event) {
    StringBuilder line = new StringBuilder();
    line.append(TIME.format(Instant.ofEpochMilli(event.timestamp())))
        .append("  ")
        .append(event.topic())
        .append('/')
        .append(event.partition())
        .append('@')
        .append(event.offset());
    @Nullable String kind = header(event, EventHeaders.KIND);
    if (kind != null && !kind.equals(EventKind.MESSAGE.text())) {
      line.append("  ").append(kind);
    }
    if (event.key() != null) {
      line.append("  ").append(Printable.text(text(event.key())));
    }
    line.append("  ")
        .append(event.value() == null ? "(tombstone)" : Printable.text(text(event.value())));
    @Nullable String reason = header(event, EventHeaders.DEAD_LETTER_REASON);
    return reason == null ? line.toString() : line + "  <- " + Printable.text(reason);
  }

  private static String asJson(ConsumerRecord<byte[], byte[]> event) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("topic", event.topic());
    object.put("partition", event.partition());
    object.put("offset", event.offset());
    object.put("timestamp", Instant.ofEpochMilli(event.timestamp()).toString());
    object.put("key", event.key() == null ? null : text(event.key()));
    object.put("value", event.value() == null ? null : text(event.value()));
    Map<String, @Nullable String> headers = new LinkedHashMap<>();
    for (Header header : event.headers()) {
      headers.put(header.key(), header.value() == null ? null : text(header.value()));
    }
    object.put("headers", headers);
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts and numbers cannot fail to become JSON", e);
    }
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> event, String name) {
    @Nullable Header header = event.headers().lastHeader(name);
    return header == null || header.value() == null ? null : text(header.value());
  }

  /** UTF-8 as text, anything else in base64. */
  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return "base64:" + Base64.getEncoder().encodeToString(bytes);
    }
  }
}
