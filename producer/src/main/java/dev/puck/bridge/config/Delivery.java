package dev.puck.bridge.config;

/** How often a change arrives in Kafka, from a source that can read it again. */
public enum Delivery {
  /** Once, for whoever reads committed records: one Kafka transaction for each batch. */
  EXACTLY_ONCE,
  /** Once or, after a failure, again; sooner visible. */
  AT_LEAST_ONCE
}
