package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.StartingState;
import dev.puck.bridge.source.outbox.OutboxPosition.Unfinished;
import dev.puck.event.Snapshot;
import dev.puck.service.config.ConfigException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway") // What the test itself gave is there.
class OutboxPositionTest {
  private static final DatabaseStamp DATABASE =
      new DatabaseStamp("8a3c-9f", "7301", 2, "16/B374D848");
  private static final OutboxPosition POSITION =
      OutboxPosition.earliest(DATABASE).at(Snapshot.parse("745:750:745,748"), DATABASE);

  @Test
  void shouldComeBackFromItsText() {
    // Given
    OutboxPosition position =
        POSITION
            .with(
                Map.of(
                    3, new StartingState("{\"id\" : \"7\"}", false),
                    1, StartingState.DONE,
                    2, StartingState.BEGINNING))
            .within(
                new Unfinished(
                    Snapshot.parse("750:760:755"),
                    new Rank(12, 3),
                    Instant.parse("2024-05-01T00:00:00.000001Z")));

    // When
    OutboxPosition back = OutboxPosition.of(position.toPosition());

    // Then: the other way too, since equal positions must have equal texts
    assertThat(back.toPosition()).isEqualTo(position.toPosition());
    assertThat(back.covered()).hasToString("745:750:745,748");
    assertThat(back.tables()).isEqualTo(position.tables());
    assertThat(back.database()).isEqualTo(DATABASE);
    assertThat(back.unfinished()).isNotNull();
    assertThat(back.unfinished().to()).hasToString("755:760:755");
    assertThat(back.unfinished().rank()).isEqualTo(new Rank(12, 3));
    assertThat(back.unfinished().through()).isEqualTo("2024-05-01T00:00:00.000001Z");
  }

  @Test
  void shouldBeShort() {
    assertThat(POSITION.with(Map.of(1, StartingState.DONE)).toPosition().text())
        .isEqualTo(
            "{\"covered\":\"745:750:745,748\","
                + "\"database\":{\"installation\":\"8a3c-9f\",\"system\":\"7301\",\"timeline\":2,"
                + "\"wal\":\"16/B374D848\"},\"tables\":{\"1\":{\"done\":true}}}");
  }

  @Test
  void shouldKeepTheStartingStatesWhenItGoesOn() {
    // Given
    OutboxPosition started = POSITION.with(Map.of(1, StartingState.DONE));

    // When
    OutboxPosition later = started.at(Snapshot.parse("800:800:"), DATABASE.at("17/0"));

    // Then
    assertThat(later.tables()).isEqualTo(started.tables());
    assertThat(later.database().wal()).isEqualTo("17/0");
    assertThat(later.unfinished()).isNull();
  }

  @Test
  void shouldReadWhatALaterVersionAdds() {
    assertThat(
            OutboxPosition.of(
                    new Position(
                        POSITION.toPosition().text().replaceFirst("\\{", "{\"more\":[1],")))
                .covered())
        .hasToString("745:750:745,748");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "2024-05-01T00:00:00Z",
        "{}",
        "{'covered':'1:1','tables':{},'database':{'installation':'a','timeline':1,'wal':'0/0'}}",
        "{'covered':'1:1:','tables':{},'database':{'installation':'a','timeline':1,'wal':'x'}}",
        "{'covered':'1:1:','tables':{},'database':{'timeline':1,'wal':'0/0'}}",
        "{'covered':'1:1:','tables':{}}",
        "{'covered':'1:1:','database':{'installation':'a','timeline':1,'wal':'0/0'}}",
        "{'covered':'1:1:','to':'1:2:','tables':{},"
            + "'database':{'installation':'a','timeline':1,'wal':'0/0'}}",
        "{'covered':'1:1:','to':'1:2:','last_id':3,'last_hop':0,'through':'now','tables':{},"
            + "'database':{'installation':'a','timeline':1,'wal':'0/0'}}"
      })
  void shouldRefuseOtherTexts(String text) {
    // Given
    Position position = new Position(text.replace('\'', '"'));

    // When, Then
    assertThatThrownBy(() -> OutboxPosition.of(position))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "The checkpoint's position is not one that this version reads: "
                + position.text()
                + ". Begin anew: puck checkpoint reset --from earliest|now.");
  }
}
