package dev.puck.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
  @Test
  void shouldReadNamesAsPostgresDoes() {
    assertThat(TableName.parse("twcache.Counters")).contains(new TableName("twcache", "counters"));
    assertThat(TableName.parse("\"My.Schema\".\"the \"\"one\"\"\""))
        .contains(new TableName("My.Schema", "the \"one\""));
  }

  @Test
  void shouldQuoteWhateverTheName() {
    assertThat(new TableName("s", "a\"; drop table x; --").quoted())
        .isEqualTo("\"s\".\"a\"\"; drop table x; --\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"counters", "a.b.c", "a.", ".b", "a.b; drop table x", "a.1b", "a.\"b"})
  void shouldRefuseWhatIsNoQualifiedName(String text) {
    assertThat(TableName.parse(text)).isEmpty();
  }
}
