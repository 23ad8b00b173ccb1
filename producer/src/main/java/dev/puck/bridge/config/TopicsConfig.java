package dev.puck.bridge.config;

import dev.puck.service.config.Problems;
import dev.puck.service.config.Setting;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How topics are named and made.
 *
 * @param prefix null: none
 * @param transaction null: nothing tells of transactions
 * @param replicationFactor -1: as the broker decides
 */
public record TopicsConfig(
    @Setting("What every topic's name begins with, unless its route names it.")
        @Nullable String prefix,
    @Setting(
            value = "How many partitions a topic gets when the bridge makes it.",
            defaultValue = "6")
        int partitions,
    @Setting(
            value = "How many copies of a topic there are; -1 leaves it to the broker.",
            defaultValue = "-1")
        int replicationFactor,
    @Setting(
            "The topic that tells where each transaction begins and ends, with how many changes of"
                + " which tables, as Debezium's does; the changes then bear their place in it."
                + " Without it, neither.")
        @Nullable String transaction) {
  /** Kafka's rule, less the room for {@code .dead-letter}. */
  static final Pattern TOPIC_NAME = Pattern.compile("(?!\\.\\.?$)[A-Za-z0-9._-]{1,237}");

  static final String TOPIC_RULE = "1 to 237 letters, digits, dots, underscores and hyphens";

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  public TopicsConfig {
    new Problems()
        .matches(
            "prefix", prefix, PREFIX, "1 to 100 letters, digits, dots, underscores and hyphens")
        .range("partitions", partitions, 1, 10_000)
        .check(
            replicationFactor == -1 || (replicationFactor >= 1 && replicationFactor <= 100),
            "replication-factor",
            "is " + replicationFactor + "; it must be between 1 and 100, or -1 for the broker's.")
        .matches("transaction", transaction, TOPIC_NAME, TOPIC_RULE)
        .throwIfAny();
  }

  /** Without a topic of transactions. */
  public TopicsConfig(@Nullable String prefix, int partitions, int replicationFactor) {
    this(prefix, partitions, replicationFactor, null);
  }

  /** Whether it is told where transactions begin and end. */
  public boolean tellsTransactions() {
    return transaction != null;
  }

  /** What a topic's name begins with that no route names; may be empty. */
  public String start() {
    return prefix == null ? "" : prefix;
  }

  /** Where a route leads. */
  String topicOf(RouteConfig route) {
    @Nullable String named = route.topic();
    return named != null ? named : start() + route.from();
  }
}
