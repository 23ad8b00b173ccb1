package dev.puck.cli.demo.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayTest {
  @TempDir Path directory;

  @Test
  void shouldHaveHamletAsDefault() {
    try (PlayReader reader = Play.hamlet().open()) {
      assertThat(reader.title()).isEqualTo("The Tragedy of Hamlet, Prince of Denmark");
      assertThat(reader.next().map(Speech::text)).contains("Who's there?");
    }
  }

  /** Romeo and Juliet prints 37 names: NURSE and LADY CAPULET twice, the Chorus once as nobody. */
  @ParameterizedTest
  @CsvSource({"hamlet, 1138, 35", "macbeth, 649, 41", "r_and_j, 841, 34"})
  void shouldReadWholePlay(String name, int speeches, int speakers) {
    // Given
    Play play = Play.resource("/org/exist/samples/shakespeare/" + name + ".xml");

    // Then
    assertThat(play.countSpeeches()).isEqualTo(speeches);
    assertThat(speakerKeys(play)).hasSize(speakers);
  }

  @Test
  void shouldReadTheDream() {
    // Given
    Play dream = SharedData.dream();

    // Then
    assertThat(dream.countSpeeches()).isEqualTo(500);
    assertThat(speakerKeys(dream)).hasSize(30).contains("hermia", "hernia");
  }

  @Test
  void shouldNameTheMissingFile() {
    // Given
    Path missing = directory.resolve("tempest.xml");

    // Then
    assertThatThrownBy(() -> Play.file(missing).open())
        .isInstanceOf(PlayException.class)
        .hasMessage(
            missing + " cannot be read: there is no such file. Leave --play out to use Hamlet.");
  }

  @Test
  void shouldSayThatFolderIsNoFile() {
    assertThatThrownBy(() -> Play.file(directory).open())
        .isInstanceOf(PlayException.class)
        .hasMessageStartingWith(directory + " cannot be read: ")
        .message()
        .hasLineCount(1);
  }

  private static Set<String> speakerKeys(Play play) {
    Set<String> keys = new HashSet<>();
    try (PlayReader reader = play.open()) {
      for (Optional<Speech> next = reader.next(); next.isPresent(); next = reader.next()) {
        next.get().speakers().forEach(speaker -> keys.add(SpeakerName.key(speaker)));
      }
    }
    return keys;
  }
}
