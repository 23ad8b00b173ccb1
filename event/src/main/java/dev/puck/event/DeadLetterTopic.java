package dev.puck.event;

/** How the topic of dead letters is named. */
public final class DeadLetterTopic {
  private static final String SUFFIX = ".dead-letter";

  private DeadLetterTopic() {}

  /** The topic for the dead letters of {@code topic}. */
  public static String of(String topic) {
    return topic + SUFFIX;
  }

  /** Whether that is such a topic. */
  public static boolean isOne(String topic) {
    return topic.endsWith(SUFFIX);
  }
}
