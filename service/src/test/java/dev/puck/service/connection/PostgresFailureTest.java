package dev.puck.service.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class PostgresFailureTest {
  @Test
  void shouldGiveTheServersSentenceAndHint() {
    SQLException e = answer("42501", "role bob is not the owner", "Run it as\n  alice.");
    assertThat(PostgresFailure.answering("shop.sale", e))
        .isInstanceOf(ConfigException.class)
        .hasCause(e)
        .hasMessage("shop.sale: role bob is not the owner. Run it as alice.");
  }

  @Test
  void shouldNotNameTwiceWhatTheSentenceNames() {
    assertThat(PostgresFailure.answering("shop.sale", answer("0A000", "shop.sale is a view", null)))
        .hasMessage("shop.sale is a view.");
  }

  @Test
  void shouldFindTheServersSentenceInsideAnother() {
    SQLException e = new SQLException("file failed", answer("42601", "It cannot be so.", null));
    assertThat(PostgresFailure.sentence(e)).isEqualTo("It cannot be so.");
  }

  @Test
  void shouldDoWithoutAServersSentence() {
    assertThat(PostgresFailure.sentence(new SQLException("Cut off.\n  more")))
        .isEqualTo("Cut off.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "40001", "40P01", "53300", "55P03", "57014", "57P01"})
  void shouldTellWhatMayPass(String state) {
    assertThat(PostgresFailure.answering("shop.sale", answer(state, "not now", null)))
        .isInstanceOf(TransientException.class);
  }

  private static PSQLException answer(String state, String message, @Nullable String hint) {
    String fields = "SERROR\0C" + state + "\0M" + message + "\0";
    return new PSQLException(
        new ServerErrorMessage(hint == null ? fields : fields + "H" + hint + "\0"));
  }
}
