package dev.puck.lab.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The audit would notice. */
class AuditTest {
  private static final long KEY = 5;
  private static final long DELETING = 7;

  private final Audit audit = new Audit();
  private long offset;

  @Test
  void shouldFindNothingWrongWithEachVersionOnceAndInOrder() {
    comeUpTo(DELETING);
    comeAsTombstone();
    come(DELETING + 1);
    assertThat(audit.problems(Map.of(KEY, DELETING + 1))).isEmpty();
    assertThat(audit.changes()).isEqualTo(DELETING + 1);
  }

  @Test
  void shouldNoticeWhatIsMissingInTheMiddle() {
    come(1);
    come(3);
    assertThat(audit.problems(Map.of(KEY, 3L))).singleElement().asString().contains("3 after 1");
  }

  @Test
  void shouldNoticeWhatIsMissingAtTheEnd() {
    come(1);
    assertThat(audit.problems(Map.of(KEY, 2L, 6L, 1L))).hasSize(2);
  }

  @Test
  void shouldNoticeWhatComesTwice() {
    comeUpTo(2);
    come(2);
    assertThat(audit.problems(Map.of(KEY, 2L))).singleElement().asString().contains("2 after 2");
  }

  @Test
  void shouldNoticeWhatComesOutOfOrder() {
    come(1);
    come(3);
    come(2);
    assertThat(audit.problems(Map.of(KEY, 3L))).hasSize(2);
  }

  @Test
  void shouldNoticeWhatWasNeverCommitted() {
    comeUpTo(3);
    assertThat(audit.problems(Map.of(KEY, 2L))).singleElement().asString().contains("3 versions");
  }

  @Test
  void shouldNoticeADeletionWithoutTombstoneAndATombstoneWithoutDeletion() {
    comeUpTo(DELETING);
    assertThat(audit.problems(Map.of(KEY, DELETING))).hasSize(1);
    comeAsTombstone();
    comeAsTombstone();
    assertThat(audit.problems(Map.of(KEY, DELETING))).singleElement().asString().contains("after");
  }

  @Test
  void shouldNoticeAnotherOperation() {
    add("{\"before\":null,\"after\":{\"id\":5,\"version\":1},\"op\":\"r\"}");
    assertThat(audit.problems(Map.of(KEY, 1L))).singleElement().asString().contains("op r");
  }

  @Test
  void shouldNoticeWhatIsNoRow() {
    add("{\"op\":\"t\",\"before\":null,\"after\":null}");
    add("a gap");
    assertThat(audit.problems(Map.of())).hasSize(2);
  }

  private void comeUpTo(long last) {
    for (long version = 1; version <= last; version++) {
      come(version);
    }
  }

  private void come(long version) {
    boolean deletes = Ledger.operation(version) == 'd';
    String row = "{\"id\":5,\"version\":%d}".formatted(deletes ? version - 1 : version);
    add(
        "{\"before\":%s,\"after\":%s,\"op\":\"%s\"}"
            .formatted(deletes ? row : "null", deletes ? "null" : row, Ledger.operation(version)));
  }

  private void comeAsTombstone() {
    audit.add(new ConsumerRecord<>("item", 0, offset++, bytes("{\"id\":5}"), null));
  }

  private void add(String event) {
    audit.add(new ConsumerRecord<>("item", 0, offset++, bytes("{\"id\":5}"), bytes(event)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
