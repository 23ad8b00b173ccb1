package dev.puck.consumer.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.event.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class SourceSnapshotTest {
  private static final SourceSnapshot SNAPSHOT = SourceSnapshot.parse("743:745:743@1000000000");

  @Test
  void shouldSeeWhatWasCommittedBefore() {
    assertThat(SNAPSHOT.sees(event(Map.of(EventHeaders.XID, "742")))).isTrue();
    assertThat(SNAPSHOT.sees(event(Map.of(EventHeaders.XID, "743")))).isFalse();
    assertThat(SNAPSHOT.sees(event(Map.of(EventHeaders.XID, "745")))).isFalse();
    assertThat(SNAPSHOT.sees(event(Map.of()))).as("a source that tells no transaction").isFalse();
  }

  @Test
  void shouldNotTakeALaterTransactionForOneOfTheSameId() {
    assertThat(SNAPSHOT.sees(event("742", "1000000000"))).isTrue();
    assertThat(SNAPSHOT.sees(event("742", "1060000000"))).as("clocks may differ").isTrue();
    assertThat(SNAPSHOT.sees(event("742", "1060000001"))).isFalse();
  }

  @Test
  void shouldKeepItsText() {
    assertThat(SNAPSHOT.text()).isEqualTo("743:745:743@1000000000");
    assertThatThrownBy(() -> SourceSnapshot.parse("743:745:743"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static IncomingEvent event(String xid, String committed) {
    return event(Map.of(EventHeaders.XID, xid, EventHeaders.COMMITTED, committed));
  }

  private static IncomingEvent event(Map<String, String> headers) {
    ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("sales", 0, 7, null, null);
    headers.forEach(
        (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return new IncomingEvent(record);
  }
}
