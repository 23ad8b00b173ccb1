package dev.puck.lab.proof.observer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.puck.event.EventHeaders;
import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.FlatJson;
import dev.puck.lab.proof.history.Image;
import dev.puck.lab.proof.history.Shape;
import dev.puck.lab.proof.history.Sighting;
import dev.puck.lab.proof.history.Sighting.Kind;
import dev.puck.lab.proof.history.Sighting.Marks;
import dev.puck.lab.proof.history.Sighting.Place;
import dev.puck.lab.proof.history.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Makes out what a record says, by docs/events.md and without any class of the bridge. */
final class RecordReader {
  private static final JsonFactory JSON = new JsonFactory();

  private final String prefix;

  /**
   * @param prefix what the topics' names begin with
   */
  RecordReader(String prefix) {
    this.prefix = prefix;
  }

  /** What that record says; a stranger if nobody can tell. */
  Sighting read(ConsumerRecord<byte[], byte[]> each) {
    String table = tableOf(each.topic());
    Place place = new Place(each.topic(), each.partition(), each.offset());
    Marks marks = marks(each);
    try {
      return switch (header(each, EventHeaders.KIND)) {
        case "message" -> message(each, place, marks);
        case "truncate" -> new Sighting(place, Kind.TRUNCATE, table, null, null, marks);
        case "transaction" -> new Sighting(place, Kind.BOUNDARY, table, null, null, marks);
        case "row" -> row(each, place, marks);
        default -> stranger(each, place, marks);
      };
    } catch (IOException | RuntimeException e) {
      return stranger(each, place, marks);
    }
  }

  /** The topic's table or channel, as {@link Fact#table} has it. */
  String tableOf(String topic) {
    String name = topic.substring(prefix.length());
    return Tables.shape(name) == null ? Fact.MESSAGES + name : name;
  }

  private Sighting message(ConsumerRecord<byte[], byte[]> each, Place place, Marks marks)
      throws IOException {
    String payload = String.valueOf(text(each.value()));
    @Nullable String eid = FlatJson.parse(payload).get("eid");
    Image image = new Image(payload, eid == null ? -1 : Long.parseLong(eid));
    String channel = tableOf(each.topic());
    @Nullable String key = text(each.key());
    Fact fact = new Fact(channel, 'm', key, null, image);
    return new Sighting(place, Kind.MESSAGE, channel, key, fact, marks);
  }

  private Sighting row(ConsumerRecord<byte[], byte[]> each, Place place, Marks marks)
      throws IOException {
    @Nullable Shape shape = Tables.shape(tableOf(each.topic()));
    if (shape == null) {
      return stranger(each, place, marks);
    }
    @Nullable String keyJson = text(each.key());
    @Nullable String key = keyJson == null ? null : shape.keyOf(FlatJson.parse(keyJson));
    @Nullable String value = text(each.value());
    if (value == null) {
      return new Sighting(place, Kind.TOMBSTONE, shape.table(), key, null, marks);
    }
    return new Sighting(place, Kind.ROW, shape.table(), key, fact(shape, key, value), marks);
  }

  private static Fact fact(Shape shape, @Nullable String key, String value) throws IOException {
    @Nullable Image before = null;
    @Nullable Image after = null;
    char op = '?';
    try (JsonParser parser = JSON.createParser(value)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (name.equals("before") && token == JsonToken.START_OBJECT) {
          before = shape.told(FlatJson.read(parser));
        } else if (name.equals("after") && token == JsonToken.START_OBJECT) {
          after = shape.told(FlatJson.read(parser));
        } else if (name.equals("op")) {
          op = parser.getText().charAt(0);
        } else {
          parser.skipChildren();
        }
      }
    }
    return new Fact(shape.table(), op, key, before, after);
  }

  private Sighting stranger(ConsumerRecord<byte[], byte[]> each, Place place, Marks marks) {
    String what = tableOf(each.topic()) + " value " + text(each.value());
    return new Sighting(place, Kind.STRANGER, what, text(each.key()), null, marks);
  }

  private static Marks marks(ConsumerRecord<byte[], byte[]> each) {
    String xid = header(each, EventHeaders.XID);
    return new Marks(
        header(each, EventHeaders.ID),
        header(each, EventHeaders.POSITION),
        xid.matches("\\d+") ? Long.parseLong(xid) : -1);
  }

  private static String header(ConsumerRecord<byte[], byte[]> each, String name) {
    @Nullable Header header = each.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }
}
