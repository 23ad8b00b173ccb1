package dev.puck.bridge.doctor;

import org.apache.kafka.common.config.TopicConfig;

/** Judges how often a topic is copied, and how many copies an acknowledgement waits for. */
final class Replication {
  private static final int GOOD = 3;

  private final String address;
  private final int brokers;
  private final Findings findings;

  /** In a cluster of so many brokers, where one alone is said elsewhere. */
  Replication(String address, int brokers, Findings findings) {
    this.address = address;
    this.brokers = brokers;
    this.findings = findings;
  }

  /** A topic that is there. */
  void judge(String topic, int copies, int minInsync) {
    if (minInsync > copies) {
      findings.problem(
          "Topic %s has %s, and min.insync.replicas %d: nothing can be written."
              .formatted(topic, counted(copies), minInsync),
          alterMinInsync(topic, Math.max(1, copies - 1)));
    } else if (copies == 1) {
      if (brokers > 1) {
        findings.problem(
            "Topic %s has one copy: with its broker it is lost.".formatted(topic),
            "Give it three, by a plan with all partitions: kafka-reassign-partitions.sh"
                + " --bootstrap-server %s --reassignment-json-file PLAN --execute"
                    .formatted(address));
      }
    } else if (minInsync == copies) {
      findings.problem(
          "Topic %s has %d copies, and min.insync.replicas %d: when one broker is away, nothing can"
                  .formatted(topic, copies, minInsync)
              + " be written.",
          alterMinInsync(topic, copies - 1));
    } else if (minInsync == 1) {
      judgeSingleAcknowledgement(topic, copies);
    }
  }

  /**
   * A topic that is not there, as it would be made.
   *
   * @param setting which says how often it is copied
   */
  void judgeUnmade(String subject, int copies, int minInsync, String setting) {
    if (copies > brokers) {
      findings.problem(
          "%s would have %d copies, and there %s: it cannot be made."
              .formatted(
                  subject, copies, brokers == 1 ? "is 1 broker" : "are " + brokers + " brokers"),
          "Set " + setting + " to " + brokers + ", or start more brokers.");
    } else if (copies == 1 && brokers > 1) {
      findings.problem(
          subject + " would have one copy: lost with its broker.",
          "Set " + setting + " to " + Math.min(GOOD, brokers) + ".");
    } else if (copies > 1 && minInsync >= copies) {
      findings.problem(
          "%s would have %d copies, and min.insync.replicas %d: when one broker is away, nothing"
                  .formatted(subject, copies, minInsync)
              + " can be written.",
          "Set " + setting + " to " + (minInsync + 1) + ".");
    }
  }

  private void judgeSingleAcknowledgement(String topic, int copies) {
    String what =
        "Topic %s has %d copies, and min.insync.replicas 1: what only one broker has may be"
                .formatted(topic, copies)
            + " acknowledged, and is lost with it.";
    if (copies >= GOOD) {
      findings.problem(what, alterMinInsync(topic, 2));
    } else {
      // Of two copies there is no better setting: with 2, one broker away stops everything.
      findings.note(what, "Give it three copies, and min.insync.replicas 2.");
    }
  }

  private String alterMinInsync(String topic, int value) {
    return TopicSetting.alter(
        address, topic, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(value));
  }

  private static String counted(int copies) {
    return copies == 1 ? "one copy" : copies + " copies";
  }
}
