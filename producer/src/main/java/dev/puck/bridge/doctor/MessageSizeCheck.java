package dev.puck.bridge.doctor;

import dev.puck.bridge.doctor.TopicUse.Role;
import dev.puck.event.DeadLetterTopic;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;

/** Whatever a topic takes its dead-letter topic takes, too. */
final class MessageSizeCheck implements Check<Cluster> {
  @Override
  public String name() {
    return "message-size";
  }

  @Override
  public void look(Cluster cluster, Findings findings) throws InterruptedException {
    for (TopicUse use : cluster.uses()) {
      if (use.role() == Role.MESSAGES || use.role() == Role.ROWS) {
        String deadLetters = DeadLetterTopic.of(use.topic());
        Optional<TopicFacts> topic = cluster.topic(use.topic());
        Optional<TopicFacts> theirs = cluster.topic(deadLetters);
        if (topic.isPresent()
            && theirs.isPresent()
            && theirs.get().maxMessageBytes() < topic.get().maxMessageBytes()) {
          findings.problem(
              "Topic %s takes %d bytes a message, and %s only %d: what cannot be relayed cannot"
                      .formatted(
                          use.topic(),
                          topic.get().maxMessageBytes(),
                          deadLetters,
                          theirs.get().maxMessageBytes())
                  + " always be set aside.",
              TopicSetting.alter(
                  cluster.address(),
                  deadLetters,
                  TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                  Long.toString(topic.get().maxMessageBytes())));
        }
      }
    }
  }
}
