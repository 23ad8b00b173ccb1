package dev.puck.bridge.doctor;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Each topic keeps what it should: rows the newest of each key, messages and dead letters all of
 * them, checkpoints the newest for ever.
 */
final class CleanupCheck implements Check<Cluster> {
  private static final String POLICY = TopicConfig.CLEANUP_POLICY_CONFIG;
  private static final String COMPACT = TopicConfig.CLEANUP_POLICY_COMPACT;
  private static final String DELETE = TopicConfig.CLEANUP_POLICY_DELETE;

  @Override
  public String name() {
    return "cleanup";
  }

  @Override
  public void look(Cluster cluster, Findings findings) throws InterruptedException {
    for (TopicUse use : cluster.uses()) {
      Optional<TopicFacts> topic = cluster.topic(use.topic());
      if (topic.isPresent()) {
        judge(cluster.address(), use, topic.get(), findings);
      }
    }
  }

  static void judge(String address, TopicUse use, TopicFacts topic, Findings findings) {
    switch (use.role()) {
      case MESSAGES -> judgeMessages(address, use, topic, findings);
      case ROWS -> judgeRows(address, use, topic, findings);
      case DEAD_LETTERS -> judgeDeadLetters(address, use, topic, findings);
      case CHECKPOINTS -> judgeCheckpoints(address, use, topic, findings);
      case TRANSACTIONS -> {}
    }
  }

  private static void judgeMessages(
      String address, TopicUse use, TopicFacts topic, Findings findings) {
    if (!topic.isCompacted()) {
      return;
    }
    String fix = TopicSetting.alter(address, use.topic(), POLICY, DELETE);
    if (use.keyed()) {
      findings.note(
          "Topic %s is compacted: of the messages under one key only the newest is kept."
              .formatted(use.topic()),
          "Unless that is meant: " + fix);
    } else {
      findings.problem(
          "Topic %s is compacted, and its route names no key: Kafka refuses records without one."
              .formatted(use.topic()),
          "Give the route a key; or " + fix);
    }
  }

  private static void judgeRows(String address, TopicUse use, TopicFacts topic, Findings findings) {
    if (!use.keyed() && topic.isCompacted()) {
      findings.problem(
          "Topic %s is compacted, and its table has no primary key: Kafka refuses records without a"
                  .formatted(use.topic())
              + " key.",
          "Give the table a primary key; or "
              + TopicSetting.alter(address, use.topic(), POLICY, DELETE));
    } else if (use.keyed() && topic.isDeleted()) {
      findings.note(
          "Topic %s has cleanup.policy %s, and keeps rows that do not change only %s: whoever reads"
                  .formatted(use.topic(), topic.cleanupPolicy(), kept(topic))
              + " it from the beginning later never sees them.",
          "Unless that is meant: " + TopicSetting.alter(address, use.topic(), POLICY, COMPACT));
    }
  }

  private static void judgeDeadLetters(
      String address, TopicUse use, TopicFacts topic, Findings findings) {
    if (topic.isCompacted()) {
      findings.problem(
          "Topic %s is compacted: it refuses dead letters without a key, and forgets others."
              .formatted(use.topic()),
          TopicSetting.alter(address, use.topic(), POLICY, DELETE));
    } else if (topic.isDeleted()) {
      findings.note(
          "Topic %s keeps dead letters only %s.".formatted(use.topic(), kept(topic)),
          TopicSetting.alter(
              address, use.topic(), "retention.bytes=-1," + TopicConfig.RETENTION_MS_CONFIG, "-1"));
    }
  }

  private static void judgeCheckpoints(
      String address, TopicUse use, TopicFacts topic, Findings findings) {
    if (!topic.isCompacted() || topic.isDeleted()) {
      findings.problem(
          "Topic %s has cleanup.policy %s: the checkpoint of a bridge that rests is deleted, and"
                  .formatted(use.topic(), topic.cleanupPolicy())
              + " with it how far it had come.",
          TopicSetting.alter(address, use.topic(), POLICY, COMPACT));
    }
  }

  private static String kept(TopicFacts topic) {
    return topic.retentionMillis() >= 0
        ? "for " + Numbers.rough(Duration.ofMillis(topic.retentionMillis()))
        : "while it holds less than " + topic.retentionBytes() + " bytes a partition";
  }
}
