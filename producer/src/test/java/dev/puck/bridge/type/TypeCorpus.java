package dev.puck.bridge.type;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Values of all types, and what becomes of them. */
public final class TypeCorpus {
  /** What the corpus needs in the database. */
  public static final List<String> DEFINITIONS =
      List.of(
          "create extension hstore",
          "create extension citext",
          "create extension ltree",
          "create type mood as enum ('sad', 'o k', 'q\"u\\o')",
          "create type small as (a int, b text)",
          "create type one as (a int)",
          "create type big as (s small, at timestamptz, \"q \"\"t\"\"\" text[], j jsonb,"
              + " n numeric(9, 2), ss small[], d date, t boolean, x bytea, h hstore, p point)",
          "create table plain (id int, gone int, t text)",
          "alter table plain drop column gone",
          "create domain positive as int check (value > 0)",
          "create domain numbers as int[]",
          "create domain document as jsonb",
          "create domain documents as json[]",
          "create domain milli as timestamp(3)",
          "create domain milli_again as milli not null default 'epoch'",
          "create domain checked_small as small check ((value).a > 0)");

  private TypeCorpus() {}

  /** One value of a type. */
  public record Value(String type, String text, String json) {
    /** SQL for it. */
    public String expression() {
      return text.startsWith("sql:")
          ? "(" + text.substring(4) + ")::" + type
          : "$v$" + text + "$v$::" + type;
    }
  }

  /** All of them, those of a type one after another. */
  public static List<Value> values() {
    List<Value> values = new ArrayList<>();
    for (String line : lines()) {
      if (!line.startsWith("#")) {
        String[] parts = line.split("\t", -1);
        values.add(new Value(parts[0], parts[1], parts[2]));
      }
    }
    return values;
  }

  private static List<String> lines() {
    try (InputStream in = TypeCorpus.class.getResourceAsStream("/type-corpus.tsv")) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).strip().lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
