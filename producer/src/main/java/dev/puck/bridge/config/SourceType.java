package dev.puck.bridge.config;

/** Where a bridge reads changes. */
public enum SourceType {
  /** {@code LISTEN}: needs nothing but {@code CONNECT}; at most once. */
  NOTIFY,
  /** Rows that the application's own transactions wrote into {@code puck.outbox}; exactly once. */
  OUTBOX,
  /** A logical replication slot; exactly once. Needs {@code wal_level = logical}. */
  WAL
}
