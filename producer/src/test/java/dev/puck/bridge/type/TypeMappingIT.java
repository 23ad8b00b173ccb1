package dev.puck.bridge.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.type.TypeCorpus.Value;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same value gives the same JSON from the WAL and from the outbox. */
@ExtendWith(PuckExtension.class)
class TypeMappingIT {
  @Test
  void shouldMapEachValueOfTheCorpusAlikeFromBothSources(TestEnvironment environment)
      throws SQLException {
    // Given: a column for each type
    List<Value> values = TypeCorpus.values();
    List<String> types = values.stream().map(Value::type).distinct().toList();
    try (BothSources sources =
        BothSources.of(environment, TypeCorpus.DEFINITIONS, "corpus", types)) {

      // When: a row for each value
      for (Value each : values) {
        int column = types.indexOf(each.type());
        sources.run("insert into corpus (c%d) values (%s)".formatted(column, each.expression()));
      }
      List<BothSources.Row> rows = sources.rows();

      // Then
      assertThat(rows).hasSameSizeAs(values).hasSizeGreaterThan(200);
      SoftAssertions softly = new SoftAssertions();
      for (int i = 0; i < rows.size(); i++) {
        Value value = values.get(i);
        BothSources.Row row = rows.get(i);
        String label = value.type() + " " + value.text();
        softly.assertThat(row.fromWal()).as(label).isEqualTo(row.fromOutbox());
        softly.assertThat(row.misfits()).as(label).isZero();
        softly.assertThat(row.value(types.indexOf(value.type()))).as(label).isEqualTo(value.json());
      }
      softly.assertAll();
    }
  }

  @Test
  void shouldMapRowsOfAllTypesAtOnce(TestEnvironment environment) throws SQLException {
    // Given
    List<Value> values = TypeCorpus.values();
    List<String> types = values.stream().map(Value::type).distinct().toList();
    try (BothSources sources =
        BothSources.of(environment, TypeCorpus.DEFINITIONS, "corpus", types)) {

      // When
      String row =
          types.stream()
              .map(type -> values.stream().filter(each -> each.type().equals(type)).findFirst())
              .map(each -> each.orElseThrow().expression())
              .collect(Collectors.joining(", "));
      String columns =
          IntStream.range(0, types.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
      sources.run("insert into corpus (" + columns + ") values (" + row + ")");

      // Then
      BothSources.Row mapped = sources.rows().get(0);
      assertThat(mapped.fromWal()).isEqualTo(mapped.fromOutbox());
      assertThat(mapped.misfits()).isZero();
    }
  }

  /** What the values are is told by PostgreSQL, in other ways than their text. */
  @Test
  void shouldMapRandomValuesAsPostgresUnderstandsThem(TestEnvironment environment)
      throws SQLException {
    // Given
    long seed = System.nanoTime();
    System.out.println("TypeMappingIT seed " + seed);
    RandomValues random = new RandomValues(seed);
    try (BothSources sources =
        BothSources.of(environment, TypeCorpus.DEFINITIONS, "corpus", RandomValues.TYPES)) {

      // When
      for (int i = 0; i < 300; i++) {
        sources.run("insert into corpus values (default, " + random.row() + ")");
      }

      // Then
      SoftAssertions softly = new SoftAssertions();
      List<BothSources.Row> rows = sources.rows();
      assertThat(rows).hasSize(300);
      List<List<String>> expected = sources.query(RandomValues.EXPECTED);
      for (int i = 0; i < rows.size(); i++) {
        BothSources.Row row = rows.get(i);
        softly.assertThat(row.fromWal()).as("row %d", i).isEqualTo(row.fromOutbox());
        softly.assertThat(row.misfits()).as("row %d", i).isZero();
        for (int column = 0; column < RandomValues.TYPES.size(); column++) {
          softly
              .assertThat(row.value(column))
              .as("row %d, %s", i, RandomValues.TYPES.get(column))
              .isEqualTo(expected.get(i).get(column));
        }
      }
      softly.assertAll();
    }
  }
}
