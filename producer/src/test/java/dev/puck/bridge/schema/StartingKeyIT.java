package dev.puck.bridge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps neither skip nor repeat a row, whatever its primary key is made of. */
@ExtendWith(PuckExtension.class)
class StartingKeyIT {
  /** Types that order and print in ways of their own. */
  private static final String TYPES =
      """
      create extension citext;
      create collation whatever (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
      create collation backwards (provider = icu, locale = 'en-u-kf-upper-kn-true');
      create schema "s p";
      create type "s p"."Möod" as enum ('sad', 'a "b"', 'ok');
      create domain "s p".mail as citext collate "C";
      create type "s p".pair as (a int, b text)
      """;

  private final Connection connection;
  private final StartingRows starting;

  StartingKeyIT(TestEnvironment environment) throws SQLException {
    this.connection = environment.connect();
    this.starting = new StartingRows(connection);
  }

  @BeforeEach
  void install() throws SQLException {
    new SchemaInstaller(connection).install();
    Sql.run(connection, TYPES);
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  /** The values stand in the key's order. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          bigint                 | (-9223372036854775808), (-1), (0), (9223372036854775807)
          numeric                | ('-Infinity'), (-1.50), (0.1), (12345678901234567890.10), ('NaN')
          float8                 | ('-Infinity'), (0.1), (0.30000000000000004), (1e300), ('NaN')
          money                  | ('-1.5'::numeric), (1234567.89::numeric)
          boolean                | (false), (true)
          text                   | (''), (' '), ('1'), (E'a\\nb'), ('a"b'), ('a\\b'), ('null'), ('é'), ('雪')
          text collate "C"       | ('A'), ('B'), ('a'), ('b'), ('ä')
          text collate whatever  | ('a'), ('B'), ('c'), ('D')
          text collate backwards | ('A'), ('a'), ('a2'), ('a10')
          char(3)                | (''), ('a'), ('ab'), ('b')
          varchar(2)             | ('a'), ('ab'), ('b')
          "char"                 | ('A'), ('a')
          name                   | ('A'), ('a')
          citext                 | ('a'), ('B'), ('c'), ('D')
          "s p".mail             | ('a'), ('B'), ('c'), ('D')
          "s p"."Möod"           | ('sad'), ('a "b"'), ('ok')
          "s p".pair             | (row(-1, 'a')), (row(1, 'a "b"')), (row(1, null))
          uuid                   | ('00000000-0000-0000-0000-000000000001'), (gen_random_uuid())
          bytea                  | (''), ('\\x00'), ('\\x00ff'), ('\\xff')
          date                   | ('-infinity'), ('0044-03-15 BC'), ('2020-01-31'), ('infinity')
          time                   | ('00:00'), ('12:00:00.000001'), ('24:00')
          timestamp              | ('-infinity'), ('0044-03-15 01:00 BC'), ('2020-01-31')
          timestamptz            | ('0044-03-15 BC'), ('2020-01-31 00:00:00.01+09'), ('2020-01-31Z')
          interval               | ('-1 mon'), ('-1 day -00:00:00.000001'), ('1 mon -1 day'), ('1 mon')
          int[]                  | ('{}'), ('{1,2}'), ('{1,NULL}'), ('{2}')
          text[] collate "C"     | ('{A}'), ('{"a\\"b",c}'), ('{"a,b"}'), ('{b}')
          jsonb                  | ('"a"'), ('"b"'), ('1'), ('{}'), ('{"a": 1}')
          int4range              | ('empty'), ('(,1)'), ('[1,2)'), ('[1,)')
          bit varying            | ('0'), ('01'), ('1')
          inet                   | ('10.0.0.0/8'), ('10.0.0.1'), ('::1')
          pg_lsn                 | ('0/1'), ('1/0')
          """)
  void shouldNeitherSkipNorRepeatARow(String type, String values) throws SQLException {
    // Given
    Sql.run(
        connection,
        """
        create table "T ""é" ("K ""é'" %s primary key, "position" int);
        select puck.watch('"T ""é"')
        """
            .formatted(type));
    Sql.run(connection, "insert into \"T \"\"é\" (\"K \"\"é'\") values " + values);

    // When
    Sql.run(
        connection,
        """
        set bytea_output = escape; set intervalstyle = sql_standard; set timezone = 'Asia/Tokyo';
        set extra_float_digits = -5
        """);

    // Then
    List<String> captured = starting.captured();
    assertThat(captured).hasSizeGreaterThan(1);
    assertThat(starting.all("\"T \"\"é\"", 1)).isEqualTo(captured);
    assertThat(starting.all("\"T \"\"é\"", 2)).isEqualTo(captured);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a int, b text collate "C"         | a, b    | g % 3, concat('k', g)
          a citext, b int                   | a, b    | chr(65 + g % 3 + g % 2 * 32), g
          b int, a citext, c timestamptz    | c, a, b | g % 2, concat('K', g % 3), to_timestamp(g % 4)
          a uuid, "c d" numeric, e bytea    | "c d", e, a | gen_random_uuid(), g % 2, '\\x00'
          """)
  void shouldFollowACompositeKeyInItsOrder(String columns, String key, String values)
      throws SQLException {
    // Given
    Sql.run(
        connection,
        """
        create table t (%s, primary key (%s));
        select puck.watch('t');
        insert into t select %s from generate_series(1, 24) as g on conflict do nothing
        """
            .formatted(columns, key, values));
    List<String> captured = starting.captured();
    assertThat(captured).hasSizeGreaterThan(9);

    // When, Then
    for (int maxRows : new int[] {1, 2, 5, 24, 25}) {
      List<String> rows = starting.all("t", maxRows);
      assertThat(rows).containsExactlyInAnyOrderElementsOf(captured);
      assertThat(rows).isEqualTo(starting.all("t", null));
    }
  }
}
