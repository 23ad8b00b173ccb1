package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code puck switch}, by a bridge's role that has no more rights than it needs. */
@ExtendWith(PuckExtension.class)
class SwitchCommandIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path directory;
  private final TestEnvironment environment;
  private final ConfiguredDatabase shop;
  private final String role;

  SwitchCommandIT(@TempDir Path directory, TestEnvironment environment) throws IOException {
    this.directory = directory;
    this.environment = environment;
    this.shop = new ConfiguredDatabase(directory, environment.url(), "postgres");
    this.role = environment.name() + "_bridge";
  }

  @AfterEach
  void dropRole() throws SQLException {
    shop.run(
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots"
            + " where slot_name = 'puck_"
            + environment.name()
            + "'");
    shop.run("drop owned by " + role + "; drop role " + role);
  }

  @Test
  void shouldMoveARunningBridgeThereAndBack() throws Exception {
    // Given
    shop.run(
        """
        create table sale (id int primary key);
        create role %1$s login replication password '%2$s'
        """
            .formatted(role, ConfiguredDatabase.PASSWORD));
    assertThat(shop.puck("init").exitCode()).isZero();
    assertThat(shop.puck("watch", "sale").exitCode()).isZero();
    shop.run("grant puck_bridge to %1$s; grant select on sale to %1$s".formatted(role));
    Path outbox = file("outbox");
    Path wal = file("wal");
    Path log = directory.resolve("bridge.log");
    try (PuckProcess bridge = PuckProcess.start(log, "bridge", "--config", outbox.toString())) {
      await().atMost(PATIENCE).until(() -> bridge.output().contains("Starting state complete"));
      await().atMost(PATIENCE).until(() -> waiting(outbox).contains("\"done\\\":true"));

      // When
      CommandRun refused = switchTo("wal", outbox);
      CommandRun there = switchTo("wal", outbox, "--user", "postgres");

      // Then
      assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(refused.err())
          .contains("belongs to role postgres, whose rights " + role + " does not have")
          .contains("Add: --user postgres");
      assertThat(there.err()).isEmpty();
      assertThat(there.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(there.out())
          .contains("Publication puck made, with public.sale.")
          .contains("Table public.sale is not watched any more.")
          .contains("reads wal. Set bridge.source: wal, and start it with that.");
      await().atMost(PATIENCE).until(() -> bridge.output().contains("Set bridge.source to wal"));
      assertThat(bridge.terminate()).isZero();
    }
    try (PuckProcess bridge = PuckProcess.start(log, "bridge", "--config", wal.toString())) {
      shop.run("insert into sale values (1)");
      await().atMost(PATIENCE).until(() -> bridge.output().contains("Reading the WAL"));

      // When
      CommandRun back = switchTo("outbox", wal, "--user", "postgres");

      // Then
      assertThat(back.err()).isEmpty();
      assertThat(back.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(back.out())
          .contains("Table public.sale is watched.")
          .contains("Slot puck_" + environment.name() + " is dropped; publication puck is kept.")
          .contains("reads outbox. Set bridge.source: outbox");
      bridge.terminate();
    }
    assertThat(switchTo("outbox", outbox, "--user", "postgres").out())
        .contains("reads outbox. Start it if it does not run.");
  }

  private CommandRun switchTo(String source, Path file, String... more) {
    String[] arguments = new String[5 + more.length];
    String[] first = {"switch", "--to", source, "--config", file.toString()};
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    return CommandRun.of(arguments);
  }

  private static String waiting(Path file) {
    return CommandRun.of("checkpoint", "show", "--json", "--config", file.toString()).out();
  }

  private Path file(String source) throws IOException {
    return Files.writeString(
        directory.resolve(source + ".yaml"),
        """
        kafka:
          bootstrap-servers: %s
        bridge:
          name: %s
          source: %s
          postgres: {url: '%s', user: %s, password: %s}
          topics: {prefix: '%s'}
          http: {port: 0}
        """
            .formatted(
                environment.bootstrapServers(),
                environment.name(),
                source,
                environment.url(),
                role,
                ConfiguredDatabase.PASSWORD,
                environment.topicPrefix()));
  }
}
