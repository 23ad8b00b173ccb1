package dev.puck.bridge.doctor;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.doctor.TopicUse.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which topics are there, and with how many partitions. */
final class TopicCheck implements Check<Cluster> {
  private final BridgeConfig config;

  TopicCheck(BridgeConfig config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "topics";
  }

  @Override
  public void look(Cluster cluster, Findings findings) throws InterruptedException {
    int there = 0;
    List<String> missing = new ArrayList<>();
    for (TopicUse use : cluster.uses()) {
      Optional<TopicFacts> topic = cluster.topic(use.topic());
      if (topic.isPresent()) {
        there++;
        judge(use, topic.get(), findings);
      } else {
        missing.add(use.topic());
      }
    }
    // That is no finding: the bridge makes them, and Kafka its own.
    findings.saw(
        there
            + " of "
            + (there + missing.size())
            + (missing.isEmpty() ? "" : "; not made yet: " + String.join(", ", missing)));
  }

  void judge(TopicUse use, TopicFacts topic, Findings findings) {
    if (use.role() == Role.CHECKPOINTS && topic.partitions() != 1) {
      findings.problem(
          "Topic %s has %d partitions, and is read from the first one alone."
              .formatted(use.topic(), topic.partitions()),
          "Stop all bridges, keep what the topic holds, make it anew with one partition, and put"
              + " the newest record of each key back.");
    }
    boolean events = use.role() == Role.MESSAGES || use.role() == Role.ROWS;
    if (events && topic.partitions() != config.topics().partitions()) {
      findings.note(
          "Topic %s has %d partitions, and bridge.topics.partitions is %d, which is only for topics"
                  .formatted(use.topic(), topic.partitions(), config.topics().partitions())
              + " that the bridge makes.",
          "Leave it: with other partitions, keys would change theirs, and lose their order.");
    }
  }
}
