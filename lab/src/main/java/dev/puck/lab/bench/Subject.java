package dev.puck.lab.bench;

import dev.puck.lab.bench.stage.Source;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What can be measured. */
public enum Subject {
  /** The source {@code outbox}. */
  OUTBOX(Source.OUTBOX),

  /** The source {@code wal}. */
  WAL(Source.WAL),

  /** The source {@code wal} beside Debezium's embedded engine. */
  PEERS(Source.WAL),
  /** What keeps caches and summaries up to date. */
  CONSUMER(Source.OUTBOX);

  private final Source source;

  Subject(Source source) {
    this.source = source;
  }

  /** As on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where its bridges read. */
  Source source() {
    return source;
  }

  /** Which parts it has. */
  Set<Part> parts() {
    return switch (this) {
      case OUTBOX, WAL -> EnumSet.of(Part.WRITERS, Part.DRAIN, Part.LATENCY, Part.IDLE);
      case PEERS -> EnumSet.of(Part.DRAIN, Part.LATENCY);
      case CONSUMER -> EnumSet.of(Part.APPLY, Part.REDIS, Part.HTTP, Part.RESTART);
    };
  }
}
