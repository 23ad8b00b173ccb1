package dev.puck.bridge.source.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.StartingState;
import dev.puck.service.config.ConfigException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalPositionTest {
  private static final WalDatabase DATABASE = new WalDatabase("7404", 3);
  private static final WalPosition POSITION =
      new WalPosition(
          new WalPlace(0xFFFFFFFF00000001L, 17),
          Instant.parse("2026-01-01T12:00:00Z"),
          Map.of(
              "16404",
              StartingState.DONE,
              "16390.16411",
              new StartingState("{\"id\":\"7\"}", false)),
          DATABASE);

  @Test
  void shouldBeReadAsItWasWritten() {
    Position text = POSITION.toPosition();

    assertThat(text.text())
        .isEqualTo(
            "{\"database\":{\"system\":\"7404\",\"timeline\":3},\"index\":17,"
                + "\"lsn\":\"FFFFFFFF/1\",\"tables\":{\"16390.16411\":{\"after\":\"{\\\"id\\\":\\\"7\\\"}\"},"
                + "\"16404\":{\"done\":true}},\"through\":\"2026-01-01T12:00:00Z\"}");
    assertThat(WalPosition.of(text)).isEqualTo(POSITION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"lsn\":\"0/1\",\"index\":0,\"through\":\"2026-01-01T12:00:00Z\"}",
        "{\"lsn\":\"x\",\"index\":0,\"through\":\"2026-01-01T12:00:00Z\",\"database\":{\"system\":\"1\"}}",
        "{\"lsn\":\"0/1\",\"index\":-1,\"through\":\"2026-01-01T12:00:00Z\",\"database\":{\"system\":\"1\"}}"
      })
  void shouldRefuseWhatIsNone(String text) {
    assertThatThrownBy(() -> WalPosition.of(new Position(text)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is not one that this version reads: " + text)
        .hasMessageContaining("puck checkpoint reset");
  }

  @Test
  void shouldBeOrderedByUnsignedLsnAndIndex() {
    List<WalPlace> ordered =
        List.of(
            WalPlace.at(1),
            new WalPlace(1, 1),
            new WalPlace(1, 2),
            WalPlace.at(Long.MAX_VALUE),
            WalPlace.at(Long.MIN_VALUE),
            WalPlace.at(-1));
    assertThat(ordered).isSorted();
    assertThat(new WalPlace(0x100000002L, 3)).hasToString("1/2+3");
  }

  @Test
  void shouldNoticeAnotherClusterAndAnotherTimeline() {
    assertThatCode(() -> DATABASE.requireContinuedBy(DATABASE, false)).doesNotThrowAnyException();
    assertThatThrownBy(() -> DATABASE.requireContinuedBy(new WalDatabase("7405", 3), true))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is of the cluster 7404, and this one is 7405");
    assertThatThrownBy(() -> DATABASE.requireContinuedBy(new WalDatabase("7404", 4), false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is of timeline 3, and this is timeline 4")
        .hasMessageContaining("bridge.wal.lossless-failover")
        .hasMessageContaining("puck checkpoint adopt");
    assertThatCode(() -> DATABASE.requireContinuedBy(new WalDatabase("7404", 4), true))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> DATABASE.requireContinuedBy(new WalDatabase("7404", 2), true))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void shouldKnowTransactionsByTheNearest() {
    TransactionIds ids = new TransactionIds(0x5_0000_0002L);

    assertThat(ids.full(0xFFFF_FFFFL)).isEqualTo(0x4_FFFF_FFFFL);
    assertThat(ids.full(1)).isEqualTo(0x5_0000_0001L);
    assertThat(ids.full(0x7000_0000L)).isEqualTo(0x5_7000_0000L);
    assertThat(ids.full(0xD000_0000L)).isEqualTo(0x5_D000_0000L);
    assertThat(ids.full(3)).isEqualTo(0x6_0000_0003L);
  }
}
