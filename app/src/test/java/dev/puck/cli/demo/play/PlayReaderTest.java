package dev.puck.cli.demo.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayReaderTest {
  private static final String SPEECH =
      "<SPEECH><SPEAKER>PUCK</SPEAKER><LINE>How now, spirit!</LINE></SPEECH>";

  @TempDir Path directory;

  @Test
  void shouldReadTitleSpeakersAndLines() {
    // Given
    String play =
        """
        <?xml version="1.0"?>
        <!DOCTYPE PLAY SYSTEM "no-such-file.dtd">
        <PLAY>
        <TITLE>Much Ado</TITLE>
        <PERSONAE><TITLE>Dramatis Personae</TITLE></PERSONAE>
        <ACT><TITLE>ACT I</TITLE><SCENE><TITLE>SCENE I</TITLE>
        <SPEECH>
        <SPEAKER>CORNELIUS</SPEAKER>
        <SPEAKER>VOLTIMAND</SPEAKER>
        <LINE>In that and all things</LINE>
        <LINE>will we show our duty.</LINE>
        </SPEECH>
        </SCENE></ACT>
        </PLAY>
        """;

    // When
    try (PlayReader reader = open(play)) {
      // Then
      assertThat(reader.title()).isEqualTo("Much Ado");
      assertThat(reader.next())
          .contains(
              new Speech(
                  List.of("CORNELIUS", "VOLTIMAND"),
                  List.of("In that and all things", "will we show our duty.")));
      assertThat(reader.next()).isEmpty();
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void shouldJoinLinesByNewline() {
    assertThat(new Speech(List.of("PUCK"), List.of("one", "two")).text()).isEqualTo("one\ntwo");
  }

  @Test
  void shouldLeaveStageDirectionsOut() {
    // Given
    String speech =
        """
        <SPEECH>
        <SPEAKER>TITANIA</SPEAKER>
        <STAGEDIR>Rising</STAGEDIR>
        <LINE><STAGEDIR>Awaking</STAGEDIR>  What angel <STAGEDIR>Aside</STAGEDIR> wakes me</LINE>
        <LINE><STAGEDIR>Sings</STAGEDIR></LINE>
        <LINE>from my
          flowery <FOREIGN>bed</FOREIGN>?</LINE>
        </SPEECH>
        """;

    // When
    List<Speech> speeches = read(play(speech));

    // Then
    assertThat(speeches)
        .extracting(Speech::lines)
        .containsExactly(List.of("What angel wakes me", "from my flowery bed?"));
  }

  @Test
  void shouldKeepCharacterReferencesAndCharacterData() {
    // Given
    String speech =
        "<SPEECH><SPEAKER>PUCK</SPEAKER><LINE>&lt;&amp;&#233;<!-- no --><![CDATA[<c>]]></LINE>"
            + "</SPEECH>";

    // When
    List<Speech> speeches = read(play(speech));

    // Then
    assertThat(speeches).extracting(Speech::text).containsExactly("<&é<c>");
  }

  @Test
  void shouldFindSpeechesOutsideOfScenes() {
    // Given
    String parts =
        """
        <INDUCT>@<SCENE>@</SCENE></INDUCT>
        <PROLOGUE>@</PROLOGUE>
        <ACT><PROLOGUE>@</PROLOGUE><SCENE>@</SCENE><EPILOGUE>@</EPILOGUE></ACT>
        <EPILOGUE>@</EPILOGUE>
        """;

    // When
    List<Speech> speeches = read(play(parts.replace("@", SPEECH)));

    // Then
    assertThat(speeches).hasSize(7);
  }

  @Test
  void shouldKeepSpeechWithoutWords() {
    // Given
    String speech = "<SPEECH><SPEAKER>PUCK</SPEAKER><STAGEDIR>Exit</STAGEDIR></SPEECH>";

    // When
    List<Speech> speeches = read(play(speech));

    // Then
    assertThat(speeches).containsExactly(new Speech(List.of("PUCK"), List.of()));
  }

  @ParameterizedTest
  @CsvSource({"<SPEAKER></SPEAKER>", "<SPEAKER> </SPEAKER>", "<SPEAKER/>", "''"})
  void shouldGiveWhatNobodySaysToTheChorus(String speaker) {
    // When
    List<Speech> speeches = read(play("<SPEECH>" + speaker + "<LINE>Two</LINE></SPEECH>"));

    // Then
    assertThat(speeches).containsExactly(new Speech(List.of("Chorus"), List.of("Two")));
  }

  @Test
  void shouldNotTakeAnotherTitleForThePlays() {
    // Given
    String play = "<PLAY><PERSONAE><TITLE>Cast</TITLE></PERSONAE>" + SPEECH + "</PLAY>";

    // When
    try (PlayReader reader = open(play)) {
      // Then
      assertThat(reader.title()).isEqualTo("Untitled");
    }
  }

  @ParameterizedTest
  @CsvSource({"UTF-8", "UTF-16LE", "UTF-16BE"})
  void shouldReadFileWithByteOrderMark(Charset charset) {
    // Given
    byte[] bytes = ('\uFEFF' + "<?xml version=\"1.0\"?>" + play(SPEECH)).getBytes(charset);

    // When
    try (PlayReader reader = PlayReader.open("play.xml", new ByteArrayInputStream(bytes))) {
      // Then
      assertThat(reader.next()).isPresent();
    }
  }

  @Test
  void shouldNotReadOtherFiles() throws IOException {
    // Given
    Path secret = Files.writeString(directory.resolve("secret.txt"), "the secret");
    String play =
        "<!DOCTYPE PLAY [<!ENTITY secret SYSTEM \""
            + secret.toUri()
            + "\">]>"
            + play("<SPEECH><SPEAKER>PUCK</SPEAKER><LINE>&secret;</LINE></SPEECH>");

    // Then
    assertThatThrownBy(() -> read(play))
        .isInstanceOf(PlayException.class)
        .hasMessageStartingWith("play.xml is not a play in Bosak's XML format: line 1, column ")
        .hasMessageContaining("secret")
        .hasMessageNotContaining("the secret");
  }

  @Test
  void shouldNotLoadTheDocumentType() throws IOException {
    // Given
    Path broken = Files.writeString(directory.resolve("play.dtd"), "<!ENTITY broken");
    String play = "<!DOCTYPE PLAY SYSTEM \"" + broken.toUri() + "\">" + play(SPEECH);

    // Then
    assertThat(read(play)).hasSize(1);
  }

  @Test
  @Timeout(10)
  void shouldNotExpandEntities() {
    // Given
    StringBuilder laughs = new StringBuilder("<!DOCTYPE PLAY [<!ENTITY lol0 \"lol\">");
    for (int i = 1; i < 30; i++) {
      String tenfold = ("&lol" + (i - 1) + ";").repeat(10);
      laughs.append("<!ENTITY lol").append(i).append(" \"").append(tenfold).append("\">");
    }
    laughs.append("]>");
    String speech = "<SPEECH><SPEAKER>PUCK</SPEAKER><LINE>&lol29;</LINE></SPEECH>";

    // Then
    assertThatThrownBy(() -> read(laughs + play(speech)))
        .isInstanceOf(PlayException.class)
        .hasMessageContaining("lol29");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          ``                                          | line 1, column
          To be, or not to be                         | line 1, column
          <HTML><BODY/></HTML>                        | line 1, column 7: the root is <HTML>
          <PLAY><TITLE>Mime</TITLE></PLAY>            | it has no <SPEECH>
          <PLAY><SPEECH><SPEAKER>PUCK</SPEECH></PLAY> | line 1, column
          <PLAY><SPEECH><SPEAKER>PUCK</SPEAKER>       | line 1, column
          <PLAY><SPEECH/>                             | line 1, column
          """,
      delimiter = '|')
  void shouldSayWhyItIsNoPlay(String text, String reason) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(PlayException.class)
        .hasMessageStartingWith("play.xml is not a play in Bosak's XML format: " + reason)
        .hasMessageEndingWith(
            "; expected a <PLAY> root with <SPEECH> elements. Leave --play out to use Hamlet.")
        .message()
        .hasLineCount(1)
        .doesNotContain("null", "Message", ".;");
  }

  @Test
  void shouldSayThatBytesAreNoText() {
    // Given
    byte[] latin = play("<SPEECH><LINE>é</LINE></SPEECH>").getBytes(StandardCharsets.ISO_8859_1);

    // Then
    assertThatThrownBy(() -> PlayReader.open("play.xml", new ByteArrayInputStream(latin)).next())
        .isInstanceOf(PlayException.class)
        .hasMessageStartingWith("play.xml is not a play in Bosak's XML format: line 1, ");
  }

  private static String play(String parts) {
    return "<PLAY><TITLE>Play</TITLE>" + parts + "</PLAY>";
  }

  private static PlayReader open(String play) {
    byte[] bytes = play.getBytes(StandardCharsets.UTF_8);
    return PlayReader.open("play.xml", new ByteArrayInputStream(bytes));
  }

  private static List<Speech> read(String play) {
    try (PlayReader reader = open(play)) {
      List<Speech> speeches = new ArrayList<>();
      for (Optional<Speech> next = reader.next(); next.isPresent(); next = reader.next()) {
        speeches.add(next.get());
      }
      return speeches;
    }
  }
}
