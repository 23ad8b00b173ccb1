package dev.puck.service.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
  private static final Logger OURS = LoggerFactory.getLogger("dev.puck.relay.Relay");
  private static final Logger THEIRS = LoggerFactory.getLogger("org.apache.kafka.Client");

  private final PrintStream original = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @BeforeEach
  void captureStandardError() {
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() throws Exception {
    System.setErr(original);
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new ContextInitializer(context).autoConfig();
  }

  @Test
  void shouldPrintMessageKeysAndValuesInOneLine() {
    Logging.configure(Logging.Format.TEXT, Level.INFO, false);

    OURS.atInfo().addKeyValue("slot", "puck one").addKeyValue("lagMs", 12).log("Started");
    OURS.info("Without keys");
    OURS.atWarn().addKeyValue("error", "one\n  two").log("Three\r\nfour");

    assertThat(lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  Relay Started slot=\"puck one\""
                            + " lagMs=\"12\""),
            line -> assertThat(line).endsWith(" INFO  Relay Without keys"),
            line -> assertThat(line).endsWith(" WARN  Relay Three four error=\"one two\""));
  }

  @Test
  void shouldHideStackTraces() {
    Logging.configure(Logging.Format.TEXT, Level.INFO, false);

    OURS.atError().setCause(new IllegalStateException("inner")).log("Failed");

    assertThat(lines()).singleElement().asString().endsWith("ERROR Relay Failed");
  }

  @Test
  void shouldShowStackTracesWhenVerbose() {
    Logging.configure(Logging.Format.TEXT, Level.INFO, true);

    OURS.atError().setCause(new IllegalStateException("inner")).log("Failed");

    assertThat(lines())
        .contains("java.lang.IllegalStateException: inner")
        .anyMatch(line -> line.startsWith("\tat dev.puck.service.logging.LoggingTest"));
  }

  @Test
  void shouldBeQuietAboutLibraries() {
    Logging.configure(Logging.Format.TEXT, Level.TRACE, false);

    THEIRS.warn("quiet");
    THEIRS.error("theirs");
    OURS.trace("ours");

    assertThat(lines())
        .satisfiesExactly(
            line -> assertThat(line).endsWith("ERROR Client theirs"),
            line -> assertThat(line).endsWith("TRACE Relay ours"));
    assertThat(
            java.util.logging.Logger.getLogger("org.postgresql.Driver")
                .isLoggable(java.util.logging.Level.WARNING))
        .isFalse();
  }

  @Test
  void shouldKeepTheLevel() {
    Logging.configure(Logging.Format.TEXT, Level.WARN, false);

    OURS.info("quiet");
    OURS.warn("ours");

    assertThat(lines()).singleElement().asString().endsWith("WARN  Relay ours");
  }

  @Test
  void shouldLetLibrariesWarnWhenVerbose() {
    Logging.configure(Logging.Format.TEXT, Level.WARN, true);

    THEIRS.info("quiet");
    THEIRS.warn("theirs");
    OURS.debug("ours");

    assertThat(lines()).hasSize(2);
  }

  @Test
  void shouldNotShowLessWhenVerbose() {
    Logging.configure(Logging.Format.TEXT, Level.TRACE, true);

    OURS.trace("ours");

    assertThat(lines()).hasSize(1);
  }

  @Test
  void shouldWriteLinesOfJson() throws Exception {
    // Given
    Logging.configure(Logging.Format.JSON, Level.INFO, false);

    // When
    OURS.atInfo()
        .addKeyValue("topic", "a \"b\"\n")
        .addKeyValue("offset", 7L)
        .setCause(new IllegalStateException("inner"))
        .log("Sent {}", 1);

    // Then
    JsonNode event = new JsonMapper().readTree(lines().get(0));
    assertThat(lines()).hasSize(1);
    assertThat(event.path("level").asText()).isEqualTo("INFO");
    assertThat(event.path("loggerName").asText()).isEqualTo("dev.puck.relay.Relay");
    assertThat(event.path("formattedMessage").asText()).isEqualTo("Sent 1");
    assertThat(event.path("kvpList").path(0).path("topic").asText()).isEqualTo("a \"b\"\n");
    assertThat(event.path("kvpList").path(1).path("offset").asText()).isEqualTo("7");
    assertThat(event.path("throwable").path("message").asText()).isEqualTo("inner");
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
