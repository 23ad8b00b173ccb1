package dev.puck.lab.tweet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {
  @ParameterizedTest
  @ValueSource(strings = {"schema", "message_with_counters", "notify", "dream-users"})
  void shouldFindTheScriptsOfTheDemo(String script) {
    // When
    SqlScript loaded = SqlScript.load("/sql/tweet/" + script + ".sql");

    // Then
    assertThat(loaded.sql()).startsWith("-- " + script + ".sql: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"schema", "message_with_counters", "notify", "dream-users"})
  void shouldHoldNoCommandOfPsql(String script) {
    // When
    SqlScript loaded = SqlScript.load("/sql/tweet/" + script + ".sql");

    // Then
    assertThat(loaded.sql().lines()).noneMatch(line -> line.stripLeading().startsWith("\\"));
  }

  @Test
  void shouldNameTheMissingScript() {
    assertThatThrownBy(() -> SqlScript.load("/sql/tweet/tempest.sql"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("/sql/tweet/tempest.sql is not on the class path");
  }
}
