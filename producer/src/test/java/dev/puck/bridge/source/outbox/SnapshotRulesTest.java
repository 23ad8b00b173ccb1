package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.event.Snapshot;
import org.junit.jupiter.api.Test;

class SnapshotRulesTest {
  @Test
  void shouldCoverNoMoreThanRowsBear() {
    // Given: transactions 746 to 749 aborted, or will have after a crash
    Snapshot seen = Snapshot.parse("741:750:741,747");
    SnapshotRules rules = new SnapshotRules();

    // When, Then
    assertThat(rules.after(Snapshot.parse("740:740:"), seen, 745, 9)).hasToString("741:746:741");
    assertThat(rules.after(Snapshot.parse("740:748:740"), seen, 745, 9))
        .as("never less than before")
        .hasToString("741:748:741,747");
    assertThat(rules.after(Snapshot.NOTHING, seen, 749, 9)).hasToString("741:750:741,747");
  }
}
