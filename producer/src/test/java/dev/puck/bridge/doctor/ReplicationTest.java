package dev.puck.bridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationTest {
  @ParameterizedTest(name = "{0} brokers, {1} copies, min.insync.replicas {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 1 | 1 | ''",
        "3 | 3 | 2 | ''",
        "5 | 5 | 3 | ''",
        "3 | 1 | 1 | problem: Topic t has one copy: with its broker it is lost.",
        "3 | 1 | 2 | problem: Topic t has one copy, and min.insync.replicas 2: nothing can be",
        "3 | 3 | 3 | problem: Topic t has 3 copies, and min.insync.replicas 3: when one broker is",
        "3 | 2 | 2 | problem: Topic t has 2 copies, and min.insync.replicas 2: when one broker is",
        "3 | 3 | 1 | problem: Topic t has 3 copies, and min.insync.replicas 1: what only one",
        "3 | 2 | 1 | note: Topic t has 2 copies, and min.insync.replicas 1: what only one broker",
      })
  void shouldJudgeATopic(int brokers, int copies, int minInsync, String expected) {
    // When
    Findings findings = new Findings();
    new Replication("k:1", brokers, findings).judge("t", copies, minInsync);

    // Then
    assertFound(findings, expected);
  }

  @ParameterizedTest(name = "{0} brokers, {1} copies, min.insync.replicas {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 1 | 1 | ''",
        "3 | 3 | 2 | ''",
        "1 | 3 | 2 | problem: T would have 3 copies, and there is 1 broker: it cannot be made.",
        "2 | 3 | 2 | problem: T would have 3 copies, and there are 2 brokers: it cannot be made.",
        "3 | 1 | 1 | problem: T would have one copy: lost with its broker.",
        "3 | 3 | 3 | problem: T would have 3 copies, and min.insync.replicas 3: when one broker",
      })
  void shouldJudgeATopicThatIsNotMadeYet(int brokers, int copies, int minInsync, String expected) {
    // When
    Findings findings = new Findings();
    new Replication("k:1", brokers, findings).judgeUnmade("T", copies, minInsync, "setting");

    // Then
    assertFound(findings, expected);
  }

  private static void assertFound(Findings findings, String expected) {
    assertThat(Examination.texts(findings.list()))
        .hasSize(expected.isEmpty() ? 0 : 1)
        .allMatch(finding -> finding.startsWith(expected))
        .noneMatch(finding -> finding.endsWith("→ "));
  }
}
