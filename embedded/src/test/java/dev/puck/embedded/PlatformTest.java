package dev.puck.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x86_64",
    "Linux, aarch64, linux-arm_64",
    "Mac OS X, x86_64, darwin-x86_64",
    "Mac OS X, aarch64, darwin-arm_64"
  })
  void shouldNamePlatformsAsTheBinariesDo(String system, String architecture, String name) {
    assertThat(Platform.name(system, architecture)).isEqualTo(name);
  }

  @Test
  void shouldSayWhereItRuns() {
    assertThatThrownBy(() -> Platform.name("Windows 11", "amd64"))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("Linux and macOS");
  }
}
