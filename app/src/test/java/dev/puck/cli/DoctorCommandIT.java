package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.embedded.EmbeddedConfig;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a PostgreSQL of our own, since the tests' forgets commits, which the doctor minds. */
class DoctorCommandIT {
  private static final EmbeddedServers SERVERS =
      EmbeddedServers.inTemporaryDirectory(
          EmbeddedConfig.defaults().withPostgres(ServerConfig.defaults().durable(true)));

  @TempDir private Path directory;
  private ConfiguredDatabase shop;
  private Path file;

  @BeforeAll
  static void start() {
    SERVERS.postgres();
    SERVERS.kafka();
  }

  @AfterAll
  static void stop() {
    SERVERS.close();
  }

  @BeforeEach
  void prepare() throws IOException, SQLException {
    SERVERS.postgres().dropDatabase("shop");
    SERVERS.postgres().createDatabase("shop");
    String url = SERVERS.postgres().url("shop");
    shop = new ConfiguredDatabase(directory, url, "postgres");
    shop.run("create table sale (id int primary key)");
    assertThat(shop.puck("init").exitCode()).isZero();
    assertThat(shop.puck("watch", "sale").exitCode()).isZero();
    file =
        Files.writeString(
            directory.resolve("puck.yaml"),
            """
            kafka:
              bootstrap-servers: %s
            bridge:
              source: outbox
              postgres: {url: '%s', user: postgres}
              routes:
                - table: public.sale
            """
                .formatted(SERVERS.kafka().bootstrapServers(), url));
  }

  @Test
  void shouldEndWithZeroWithoutAProblem() {
    // When
    CommandRun run = CommandRun.of("doctor", "--config", file.toString());

    // Then
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith(
            "PostgreSQL" + System.lineSeparator() + "  ok       connection             127.")
        .contains("  note     role                   postgres")
        .contains("           ! postgres is a superuser, which the bridge does not need.")
        .contains("             Fix: create role bridge login;")
        .contains("  ok       captures               1 watched")
        .endsWith("0 problems, 2 notes." + System.lineSeparator());
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void shouldEndWithOneAndTellPrograms() throws Exception {
    // Given
    assertThat(shop.puck("unwatch", "sale").exitCode()).isZero();

    // When
    CommandRun run = CommandRun.of("doctor", "--json", "--config", file.toString());

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(run.out().lines()).hasSize(1);
    JsonNode report = JsonMapper.builder().build().readTree(run.out());
    assertThat(report.path("healthy").booleanValue()).isFalse();
    assertThat(report.path("problems").intValue()).isEqualTo(1);
    assertThat(report.path("notes").intValue()).isEqualTo(2);
    assertThat(report.path("checks"))
        .filteredOn(check -> check.path("outcome").asText().equals("problem"))
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.path("group").asText()).isEqualTo("Outbox");
              assertThat(check.path("check").asText()).isEqualTo("routed-tables");
              assertThat(check.path("findings").path(0).path("severity").asText())
                  .isEqualTo("problem");
              assertThat(check.path("findings").path(0).path("fix").asText())
                  .isEqualTo("puck watch 'public.sale'");
            });
  }

  @Test
  void shouldEndWithTwoForABadConfiguration() throws IOException {
    // Given
    Files.writeString(file, "kafka: {bootstrap-servers: nowhere}\n");

    // When
    CommandRun run = CommandRun.of("doctor", "--config", file.toString());

    // Then
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("kafka.bootstrap-servers is 'nowhere'");
  }
}
