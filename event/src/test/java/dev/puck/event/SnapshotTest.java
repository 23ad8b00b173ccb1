package dev.puck.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"747:747:", "745:750:745,748", "5:6:5", "4294967296:4294967300:4294967296"})
  void shouldKeepThePostgresSpelling(String text) {
    assertThat(Snapshot.parse(text).text()).isEqualTo(text);
    assertThat(Snapshot.parse(text)).hasToString(text);
  }

  @Test
  void shouldSeeWhatEndedBelowXmax() {
    // Given
    Snapshot snapshot = Snapshot.parse("745:750:748,745");

    // When, Then
    assertThat(snapshot.sees(744)).isTrue();
    assertThat(snapshot.sees(745)).isFalse();
    assertThat(snapshot.sees(746)).isTrue();
    assertThat(snapshot.sees(748)).isFalse();
    assertThat(snapshot.sees(749)).isTrue();
    assertThat(snapshot.sees(750)).isFalse();
    assertThat(snapshot.xmin()).isEqualTo(745);
    assertThat(Snapshot.parse("1:9:").xmin()).isEqualTo(9);
  }

  @Test
  void shouldSeeWhatIsBelowAnXminAboveXmax() {
    // Given
    Snapshot snapshot = Snapshot.parse("756:754:");

    // When, Then
    assertThat(snapshot.sees(755)).isTrue();
    assertThat(snapshot.sees(756)).isFalse();
    assertThat(snapshot).hasToString("756:756:");
  }

  @Test
  void shouldCapXmaxAndWhoIsInProgress() {
    // Given
    Snapshot snapshot = Snapshot.parse("745:750:745,748");

    // When, Then: never above itself, since what is there was not given out
    assertThat(snapshot.cappedAt(748)).hasToString("745:748:745");
    assertThat(snapshot.cappedAt(749)).hasToString("745:749:745,748");
    assertThat(snapshot.cappedAt(745)).hasToString("745:745:");
    assertThat(snapshot.cappedAt(750)).hasToString("745:750:745,748");
    assertThat(snapshot.cappedAt(800)).hasToString("745:750:745,748");
  }

  @Test
  void shouldSeeNothingBeforeAnythingWasRead() {
    // When, Then: PostgreSQL has no transaction 0
    assertThat(Snapshot.NOTHING.sees(1)).isFalse();
    assertThat(Snapshot.NOTHING.text()).isEqualTo("1:1:");
    assertThat(Snapshot.parse(Snapshot.NOTHING.text()).sees(1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "747", "747:747", "747:747::", "a:b:", "747:750:x", "747:750:750", "1:-1:"})
  void shouldRefuseOtherTexts(String text) {
    assertThatThrownBy(() -> Snapshot.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
