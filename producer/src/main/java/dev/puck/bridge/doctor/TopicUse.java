package dev.puck.bridge.doctor;

/**
 * What a topic is for.
 *
 * @param topic its name
 * @param role what goes there
 * @param keyed whether every record has a key
 */
record TopicUse(String topic, Role role, boolean keyed) {
  /** What goes to a topic. */
  enum Role {
    /** What was published or notified, or tells of transactions. */
    MESSAGES,
    /** The rows of a table. */
    ROWS,
    /** What could not go where it belongs. */
    DEAD_LETTERS,
    /** How far each bridge has come. */
    CHECKPOINTS,
    /** Kafka's own, which keeps the state of transactions. */
    TRANSACTIONS
  }

  /** The same topic, also for that. */
  TopicUse and(TopicUse other) {
    Role both = role == other.role ? role : Role.MESSAGES;
    return new TopicUse(topic, both, keyed && other.keyed);
  }
}
