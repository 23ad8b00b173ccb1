package dev.puck.lab.bench.consumer;

import java.util.Locale;

/** What applies events, or does a part of that. */
enum Applier {
  /** A cache in memory. */
  MEMORY("cache in memory"),
  /** A summary, whose statement gets all events of a poll. */
  SUMMARY("summary"),
  /** The same summary, whose statement gets one event. */
  ONE_BY_ONE("summary, event by event"),
  /** Only the statement, for one event. */
  BARE_STATEMENT("bare statement, event by event"),
  /** Only the reading. */
  BARE_READER("bare reader of Kafka");

  private final String text;

  Applier(String text) {
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
}
