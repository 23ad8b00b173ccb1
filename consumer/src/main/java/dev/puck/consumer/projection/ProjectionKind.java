package dev.puck.consumer.projection;

import java.util.Locale;

/** What a projection is kept in. */
public enum ProjectionKind {
  /** The latest value by key. */
  CACHE,
  /** Values in memory, folded by a Java class. */
  REDUCER,
  /** A table of the downstream database. */
  SUMMARY;

  /** The spelling in answers, metrics and thread names. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
