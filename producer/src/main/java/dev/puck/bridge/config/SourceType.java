package dev.puck.bridge.config;

/** Where a bridge reads changes. */
public enum SourceType {
  /** {@code LISTEN}: needs nothing but {@code CONNECT}; at most once. */
  NOTIFY
}
