package dev.puck.lab.bench.drain;

import java.util.Locale;

/** What drains beside a bridge. */
enum Competitor {
  /** A producer that sends the same records, and does nothing else. */
  BARE_PRODUCER("bare producer"),

  /** A reader of the same changes that only takes what PostgreSQL decodes. */
  PG_RECVLOGICAL("pg_recvlogical"),

  /** Debezium's embedded engine with a producer behind it, at least once. */
  DEBEZIUM("Debezium");

  private final String text;

  Competitor(String text) {
    this.text = text;
  }

  /** For a person. */
  String text() {
    return text;
  }

  /** For a program. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What its ratio is called, within an object about a backlog. */
  String ratio() {
    return this == BARE_PRODUCER ? "ratio" : "ratio_to_" + id();
  }
}
