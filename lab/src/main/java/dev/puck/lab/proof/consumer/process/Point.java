package dev.puck.lab.proof.consumer.process;

/** A point in the life of a batch of events at which a consumer can be made to die or to wait. */
public enum Point {
  /** It has read them, and applied nothing. */
  READ,
  /** The entries of a cache are written, and its offsets are not moved. */
  WRITTEN,
  /** The events are applied, and the projection has said so. */
  APPLIED
}
