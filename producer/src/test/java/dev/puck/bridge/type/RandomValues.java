package dev.puck.bridge.type;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random values, and SQL that tells what JSON they should be. */
final class RandomValues {
  static final List<String> TYPES =
      List.of(
          "text",
          "text[]",
          "small",
          "hstore",
          "date",
          "timestamp",
          "timestamptz",
          "time",
          "interval",
          "double precision",
          "numeric",
          "bytea",
          "bigint[]");

  static final String EXPECTED =
      """
      select to_json(c0)::text,
             array_to_json(c1)::text,
             row_to_json(c2)::text,
             to_json(regexp_replace(public.hstore_to_json(c3)::text, '": "', '":"'))::text,
             (c4 - date '1970-01-01')::text,
             (extract(epoch from c5) * 1000000)::bigint::text,
             to_json(regexp_replace(to_char(c6 at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                                    '^(\\d{5,})', '+\\1'))::text,
             (extract(epoch from c7) * 1000000)::bigint::text,
             (extract(epoch from c8 - date_trunc('month', c8)) * 1000000
                + (extract(year from c8) * 12 + extract(month from c8)) * 2629800000000)::bigint::text,
             to_json(c9)::text,
             to_json(c10::text)::text,
             to_json(translate(encode(c11, 'base64'), E'\\n', ''))::text,
             array_to_json(c12)::text
        from public.corpus order by id
      """;

  private static final String[] PIECES = {
    "a", "é", "😀", "\"", "\\", "\n", "\t", "\u0001", "{", "}", "(", ")", ",", " ", "NULL", "null",
    "'", "=>", ";", "\\\\", "\"\"", "x", ":", "[", "]"
  };

  private final Random random;

  RandomValues(long seed) {
    random = new Random(seed);
  }

  /** SQL for one row's values. */
  String row() {
    return String.join(
        ", ",
        text(),
        "array[" + list(this::text) + "]::text[]",
        "row(" + random.nextInt() + ", " + text() + ")::small",
        "hstore(" + key() + ", " + text() + ")",
        "date '1970-01-01' + (" + random.nextInt(2_000_000) + " - 1000000)",
        "timestamp '1970-01-01' + interval '1 microsecond' * " + micros(),
        "timestamptz '5000-01-01 00:00:00+00' + interval '1 microsecond' * " + micros(),
        "time '00:00' + interval '1 microsecond' * "
            + Math.floorMod(random.nextLong(), 86_400_000_000L),
        "make_interval(years => %d, months => %d, days => %d, hours => %d, secs => %s)"
            .formatted(
                random.nextInt(200) - 100,
                random.nextInt(40) - 20,
                random.nextInt(200) - 100,
                random.nextInt(200) - 100,
                (random.nextInt(200_000_000) - 100_000_000) / 1e6),
        "'" + Double.longBitsToDouble(random.nextLong()) + "'",
        "'" + random.nextLong() + "." + random.nextInt(Integer.MAX_VALUE) + "'",
        "'\\x" + bytes() + "'",
        "array[" + list(() -> Long.toString(random.nextLong() + 1)) + "]::bigint[]");
  }

  private String text() {
    return "'" + pieces().replace("'", "''") + "'";
  }

  /** One key only, since it decides the order. */
  private String key() {
    return "'" + pieces().replace("'", "''").replace(":", "") + "'";
  }

  private String pieces() {
    return IntStream.range(0, random.nextInt(8))
        .mapToObj(any -> PIECES[random.nextInt(PIECES.length)])
        .collect(Collectors.joining());
  }

  private String list(Supplier<String> value) {
    return IntStream.range(0, random.nextInt(5))
        .mapToObj(any -> random.nextInt(5) == 0 ? "null" : value.get())
        .collect(Collectors.joining(", "));
  }

  /** Some three thousand years, one way or the other. */
  private long micros() {
    return random.nextLong() / 100;
  }

  private String bytes() {
    return IntStream.range(0, random.nextInt(20))
        .mapToObj(any -> "%02x".formatted(random.nextInt(256)))
        .collect(Collectors.joining());
  }
}
