package dev.puck.bridge.config;

/** How the bridge learns that the outbox has something for it. */
public enum WakeMode {
  /** While it sleeps, writers notify it. */
  NOTIFY,
  /** Writers never notify, so that their transactions can be prepared; the bridge polls. */
  POLL
}
