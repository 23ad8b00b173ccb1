package dev.puck.cli.demo.play;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownPlayTest {
  @ParameterizedTest
  @ValueSource(strings = {"A Midsummer Night's Dream", "A MIDSUMMER NIGHT'S DREAM"})
  void shouldKnowTheDreamsUsersAndItsMisprint(String title) {
    // When
    KnownPlay dream = KnownPlay.titled(title);

    // Then
    assertThat(dream.users()).contains("/sql/tweet/dream-users.sql");
    assertThat(dream.corrected("HERNIA")).isEqualTo("HERMIA");
    assertThat(dream.corrected("PUCK")).isEqualTo("PUCK");
  }

  @ParameterizedTest
  @ValueSource(strings = {"The Tragedy of Hamlet, Prince of Denmark", ""})
  void shouldLeaveOtherPlaysAsTheyArePrinted(String title) {
    // When
    KnownPlay other = KnownPlay.titled(title);

    // Then
    assertThat(other.users()).isEmpty();
    assertThat(other.corrected("HERNIA")).isEqualTo("HERNIA");
  }
}
