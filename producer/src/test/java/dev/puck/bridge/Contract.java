package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.puck.bridge.TopicReader.Event;
import dev.puck.event.GapEvent;
import dev.puck.event.TruncateEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The JSON Schemas of {@code docs/contract}, which downstream services may rely on. */
final class Contract {
  static final Path DIRECTORY = Path.of("..", "docs", "contract");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JsonSchema headers = schema("headers");
  private final JsonSchema rowChange = schema("row-change");
  private final JsonSchema rowKey = schema("row-key");
  private final JsonSchema gap = schema("gap");
  private final JsonSchema transaction = schema("transaction");
  private final JsonSchema transactionKey = schema("transaction-key");

  /** Fails where a record is not as the contract says. */
  void check(Event event) {
    require(headers, JSON.valueToTree(event.headers().values()), event);
    switch (event.headers().get("puck.kind")) {
      case "row" -> {
        if (event.key() != null) {
          require(rowKey, parsed(event.key()), event);
        }
        if (!event.isTombstone()) {
          require(rowChange, parsed(event.value()), event);
        }
      }
      case "truncate" -> {
        assertThat(event.key()).isEqualTo(TruncateEvent.KEY);
        require(rowChange, parsed(event.value()), event);
        assertThat(parsed(event.value()).path("op").asText()).isEqualTo("t");
      }
      case "transaction" -> {
        require(transactionKey, parsed(String.valueOf(event.key())), event);
        require(transaction, parsed(event.value()), event);
      }
      case "gap" -> {
        assertThat(event.key()).isEqualTo(GapEvent.KEY);
        require(gap, parsed(event.value()), event);
      }
      default -> assertThat(event.isTombstone() && event.key() == null).isFalse();
    }
  }

  private static void require(JsonSchema schema, JsonNode node, Event event) {
    assertThat(schema.validate(node)).as("what is wrong with %s", event).isEmpty();
  }

  private static JsonSchema schema(String name) {
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    try (InputStream in = Files.newInputStream(DIRECTORY.resolve(name + ".schema.json"))) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in, config);
    } catch (IOException e) {
      throw new IllegalStateException("No schema " + name, e);
    }
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + json, e);
    }
  }
}
