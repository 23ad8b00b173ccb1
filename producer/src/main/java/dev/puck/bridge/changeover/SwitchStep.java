package dev.puck.bridge.changeover;

/** How far a switch has come. After each of them it can be given up, and begun again. */
public enum SwitchStep {
  /** All that can be known before has been seen to be right; nothing was changed. */
  CHECKED,
  /** Both sources capture what begins from now on. */
  CAPTURED,
  /** They capture all that is committed from now on. */
  SETTLED,
  /** No bridge relays. */
  LEADING,
  /** It is decided which transactions are relayed from which source. */
  BOUNDED,
  /** All that is to come from the source before is in Kafka. */
  DRAINED,
  /** The checkpoint is the other source's: from here on there is no way back but another switch. */
  MOVED,
  /** What the source before needed is gone. */
  COMPLETED
}
