package dev.puck.bridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.doctor.TopicUse.Role;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanupCheckTest {
  @ParameterizedTest(name = "{0}, keyed {1}, {2} for {3} ms")
  @CsvSource(
      delimiter = '|',
      value = {
        "MESSAGES     | true  | delete         | 604800000 | ''",
        "MESSAGES     | false | delete         | 604800000 | ''",
        "MESSAGES     | true  | compact        | 604800000 | note: Topic t is compacted: of the",
        "MESSAGES     | false | compact        | 604800000 | problem: Topic t is compacted, and its",
        "MESSAGES     | false | compact,delete | 604800000 | problem: Topic t is compacted, and its",
        "ROWS         | true  | compact        | 604800000 | ''",
        "ROWS         | true  | delete         | -1        | ''",
        "ROWS         | false | delete         | 604800000 | ''",
        "ROWS         | true  | delete         | 604800000 | note: Topic t has cleanup.policy delete",
        "ROWS         | true  | compact,delete | 604800000 | note: Topic t has cleanup.policy comp",
        "ROWS         | false | compact        | 604800000 | problem: Topic t is compacted, and its",
        "DEAD_LETTERS | false | delete         | -1        | ''",
        "DEAD_LETTERS | false | delete         | 604800000 | note: Topic t keeps dead letters only",
        "DEAD_LETTERS | false | compact        | -1        | problem: Topic t is compacted: it",
        "CHECKPOINTS  | true  | compact        | 604800000 | ''",
        "CHECKPOINTS  | true  | delete         | 604800000 | problem: Topic t has cleanup.policy",
        "CHECKPOINTS  | true  | compact,delete | 604800000 | problem: Topic t has cleanup.policy",
        "TRANSACTIONS | true  | compact        | 604800000 | ''",
      })
  void shouldJudgeByWhatTheTopicIsFor(
      Role role, boolean keyed, String policy, long retention, String expected) {
    // Given
    TopicFacts topic =
        new TopicFacts(
            1, 1, Map.of("cleanup.policy", policy, "retention.ms", Long.toString(retention)));

    // When
    Findings findings = new Findings();
    CleanupCheck.judge("k:1", new TopicUse("t", role, keyed), topic, findings);

    // Then
    assertThat(Examination.texts(findings.list()))
        .hasSize(expected.isEmpty() ? 0 : 1)
        .allMatch(finding -> finding.startsWith(expected));
  }
}
