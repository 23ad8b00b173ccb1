package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.puck.bridge.TopicReader.Event;
import dev.puck.bridge.TopicReader.Headers;
import dev.puck.event.EventHeaders;
import dev.puck.event.EventKind;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents of the contract hold together, and would notice what is not as they say. */
class ContractTest {
  private static final String ROW =
      "{'before':null,'after':{'id':1},'source':{'version':'1','connector':'puck','name':'b',"
          + "'ts_ms':1,'ts_us':1,'ts_ns':1,'snapshot':'false','sequence':null,'db':'d','schema':'s',"
          + "'table':'t','txId':1,'lsn':null,'xmin':null},'op':'c','ts_ms':1,'ts_us':1,'ts_ns':1,"
          + "'transaction':null}";

  private final Contract contract = new Contract();

  @Test
  void shouldTakeWhatIsRight() {
    contract.check(event("{\"id\":1}", ROW, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'op':'c' -> 'op':'x'",
        "'op':'c' -> 'op':'d'",
        "'op':'c' -> 'op':'r'",
        "'before':null -> 'before':{}",
        "'txId':1 -> 'txId':'1'",
        ",'transaction':null -> ",
        "'db':'d' -> 'db':'d','more':1"
      })
  void shouldRefuseAnotherEnvelope(String change) {
    String[] parts = change.split(" -> ", -1);

    assertThatThrownBy(
            () -> contract.check(event("{\"id\":1}", ROW.replace(parts[0], parts[1]), Map.of())))
        .isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"puck.position=1.2.3", "puck.new=1", "puck.xid=x", "puck.kind=rows"})
  void shouldRefuseOtherHeaders(String header) {
    String[] parts = header.split("=", -1);

    assertThatThrownBy(() -> contract.check(event("{\"id\":1}", ROW, Map.of(parts[0], parts[1]))))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void shouldDescribeAllHeadersAndKinds() throws Exception {
    String schema = Files.readString(Contract.DIRECTORY.resolve("headers.schema.json"));

    for (Field field : EventHeaders.class.getFields()) {
      String name = String.valueOf(field.get(null));
      assertThat(schema).contains(name.replace("puck.dead-letter.", ""));
    }
    assertThat(Arrays.stream(EventKind.values()).map(EventKind::text))
        .allMatch(kind -> schema.contains('"' + kind + '"'));
  }

  @Test
  void shouldReferToWhatIsThere() throws IOException {
    JsonNode api = new YAMLMapper().readTree(Contract.DIRECTORY.resolve("asyncapi.yaml").toFile());
    List<String> references = new ArrayList<>();
    for (JsonNode each : api.findValues("$ref")) {
      references.add(each.asText());
    }

    assertThat(references).hasSizeGreaterThan(10);
    for (String reference : references) {
      boolean isThere =
          reference.startsWith("#")
              ? !api.at(reference.substring(1)).isMissingNode()
              : Files.exists(Contract.DIRECTORY.resolve(reference));
      assertThat(isThere).as(reference).isTrue();
    }
  }

  private static Event event(@Nullable String key, String value, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>();
    headers.put("puck.kind", "row");
    headers.put("puck.bridge", "b");
    headers.put("puck.id", "1");
    headers.put("puck.position", "00000001.000000000000.0000000000");
    headers.put("puck.at", "1");
    headers.putAll(more);
    return new Event("t", 0, key, value.replace('\'', '"'), new Headers(headers));
  }
}
