package dev.puck.bridge.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.type.PostgresType.Attribute;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server does not send, or not this one: {@link TypeMappingIT} has the rest. */
class ValueMappingTest {
  private static final int INT4 = 23;
  private static final int INTERVAL = 1186;
  private static final int TIMESTAMPTZ = 1184;
  private static final int COMPOSITE = 20_001;
  private static final int ARRAY = 20_002;

  private static final MappingFactory FACTORY =
      new MappingFactory(
          Map.of(
              (long) COMPOSITE,
              type(COMPOSITE, 'c', 0, new Attribute("a", INT4, -1), new Attribute("b", 25, -1)),
              (long) ARRAY,
              type(ARRAY, 'b', INT4)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "16 | maybe",
        "17 | 00ff",
        "17 | \\x0",
        "17 | \\x0g",
        "20 | ***",
        "20 | -",
        "23 | 1.5",
        "26 | 0x1",
        "600 | (1)",
        "600 | 1,2",
        "700 | one",
        "790 | 1 EUR",
        "1082 | yesterday",
        "1082 | 2026-13-01",
        "1082 | 2026-01-01 AD",
        "1083 | 12:00",
        "1083 | 12:00:00.1234567",
        "1114 | 2026-01-01 12",
        "1184 | 2026-01-01 12:00:00 CET",
        "1186 | 1 day",
        "1186 | P1",
        "1186 | P1X",
        "1186 | PxD",
        "1266 | noon",
        "1700 | ten",
        "20002 | 1,2",
        "20002 | {1",
        "20002 | {1,}",
        "20002 | {1}x",
        "20002 | {\"1}",
        "20001 | (1)",
        "20001 | (1,a,b)",
        "20001 | 1,a",
        "20001 | (1,\"a)",
      })
  void shouldPassOnWhatIsNotOfTheTypesForm(long oid, String value) {
    // Given
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    String string = new JsonBuffer(0).string(value).toString();

    // When
    JsonBuffer json = new JsonBuffer(0).letter('[');
    FACTORY.mapping(oid, -1).writeText(text, 0, text.length, json);

    // Then
    assertThat(json).hasToString("[" + string);
    assertThat(json.misfits()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "infinity, 9223372036854775807",
    "-infinity, -9223372036854775808",
    "P1Y2M, 36817200000000",
    "PT-1.5S, -1500000",
    "PT0S, 0",
    "P1DT2H3M, 93780000000",
    "P-1D, -86400000000"
  })
  void shouldMapIntervals(String text, String json) {
    assertThat(fromText(INTERVAL, text)).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01 00:30:00+01, 2025-12-31T23:30:00.000000Z",
    "2026-01-01T00:00:00-03:30, 2026-01-01T03:30:00.000000Z",
    "1850-01-01 00:00:00.25+00:53:28, 1849-12-31T23:06:32.250000Z",
  })
  void shouldBringOtherZonesToUtc(String text, String json) {
    assertThat(fromText(TIMESTAMPTZ, text)).isEqualTo('"' + json + '"');
  }

  @Test
  void shouldMapATypeThatIsNotKnownToItsText() {
    assertThat(fromText(99_999, "a \"b\"")).isEqualTo("\"a \\\"b\\\"\"");
    assertThat(new TypeCatalog().mapping(99_999, -1).connectType().kind())
        .isEqualTo(ConnectType.Kind.STRING);
  }

  @Test
  void shouldTellWhatASchemaSays() {
    assertThat(FACTORY.mapping(1082, -1).connectType())
        .isEqualTo(ConnectType.named(ConnectType.Kind.INT32, "io.debezium.time.Date"));
    assertThat(FACTORY.mapping(1114, 3).connectType().name())
        .isEqualTo("io.debezium.time.Timestamp");
    assertThat(FACTORY.mapping(1114, -1).connectType().name())
        .isEqualTo("io.debezium.time.MicroTimestamp");
    assertThat(FACTORY.mapping(1560, 9).connectType().parameters()).containsEntry("length", "9");
    assertThat(FACTORY.mapping(1560, 1).connectType().kind()).isEqualTo(ConnectType.Kind.BOOLEAN);
    assertThat(FACTORY.mapping(ARRAY, -1).connectType().element())
        .isEqualTo(ConnectType.plain(ConnectType.Kind.INT32));
    assertThat(FACTORY.mapping(COMPOSITE, -1).connectType().fields())
        .extracting(ConnectType.Field::name)
        .containsExactly("a", "b");
    assertThat(ConnectType.Kind.FLOAT64.code()).isEqualTo("double");
    assertThat(FACTORY.mapping(INT4, -1).connectType().required().optional()).isFalse();
  }

  @Test
  void shouldMapRecordsAndTellWhereTheirValuesAre() {
    // Given
    RowMapping row =
        new RowMapping(
            List.of(
                new RowMapping.Column("n \"q\"", FACTORY.mapping(1700, -1)),
                new RowMapping.Column("c", StringMapping.PLAIN, "[0]"),
                new RowMapping.Column("t", FACTORY.mapping(25, -1)),
                new RowMapping.Column("d", FACTORY.mapping(1082, -1))));
    int[] places = new int[8];
    JsonBuffer json = new JsonBuffer(0);

    // When
    boolean fits = row.writeRecord(utf8("(1.50,\"a, \"\"é\"\"\\\\)\",1970-01-02)"), json, places);

    // Then
    assertThat(fits).isTrue();
    assertThat(json)
        .hasToString("{\"n \\\"q\\\"\":\"1.50\",\"c\":[0],\"t\":\"a, \\\"é\\\"\\\\)\",\"d\":1}");
    assertThat(new String(json.bytes(), places[0], places[1] - places[0], StandardCharsets.UTF_8))
        .isEqualTo("\"1.50\"");
    assertThat(new String(json.bytes(), places[6], places[7] - places[6], StandardCharsets.UTF_8))
        .isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(1)", "(1,a,b)", "(1,\"a)", "1,a", "", "(", "(1,a", "(1,\"a\"b)"})
  void shouldKeepWhatIsNoRecordOfItsColumns(String text) {
    // Given
    RowMapping row =
        new RowMapping(
            List.of(
                new RowMapping.Column("n", FACTORY.mapping(1700, -1)),
                new RowMapping.Column("t", FACTORY.mapping(25, -1))));
    JsonBuffer json = new JsonBuffer(0);

    // When
    boolean fits = row.writeRecord(utf8(text), json, new int[4]);

    // Then
    assertThat(fits).isFalse();
    assertThat(json)
        .hasToString("{\"__puck_unreadable_row\":\"" + text.replace("\"", "\\\"") + "\"}");
    assertThat(json.misfits()).isOne();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String fromText(long oid, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    JsonBuffer json = new JsonBuffer(0);
    FACTORY.mapping(oid, -1).writeText(text, 0, text.length, json);
    return json.toString();
  }

  private static PostgresType type(long oid, char kind, long element, Attribute... attributes) {
    return new PostgresType(oid, "t", kind, element, ',', 0, -1, List.of(attributes), List.of());
  }
}
