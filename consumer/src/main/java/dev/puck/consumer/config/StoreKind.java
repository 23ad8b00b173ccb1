package dev.puck.consumer.config;

/** Where the entries of a cache are. */
public enum StoreKind {
  /** In each process, complete. */
  MEMORY,
  /** In Redis, which the processes fill together. */
  REDIS
}
