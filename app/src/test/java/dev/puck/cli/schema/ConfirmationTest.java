package dev.puck.cli.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.service.config.ConfigException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfirmationTest {
  @ParameterizedTest
  @CsvSource({"yes,true", " YES ,true", "y,false", "no,false", "'',false"})
  void shouldTakeNothingButYesForYes(String answer, boolean given) {
    StringWriter out = new StringWriter();
    Confirmation confirmation = Confirmation.by(new StringReader(answer), new PrintWriter(out));
    assertThat(confirmation.isGivenFor("Really?")).isEqualTo(given);
    assertThat(out).hasToString("Really? Type yes to go on: ");
  }

  @Test
  void shouldSayHowToAnswerWithoutATerminal() {
    assertThatThrownBy(() -> Confirmation.IMPOSSIBLE.isGivenFor("Really?"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Really? There is no terminal to ask at; if so, add: --yes");
  }
}
