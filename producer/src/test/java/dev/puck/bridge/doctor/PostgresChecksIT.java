package dev.puck.bridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is wrong with PostgreSQL and with the way there. */
@ExtendWith(ClinicExtension.class)
class PostgresChecksIT {
  private final Clinic clinic;

  PostgresChecksIT(Clinic clinic) {
    this.clinic = clinic;
  }

  @BeforeEach
  void prepare() throws Exception {
    clinic.makeWell();
  }

  @Test
  void shouldFindWhatIsWrongWithTheServersSettings() throws Exception {
    // Given
    clinic.run("alter role bridge set synchronous_commit = off");
    clinic.run("alter database shop set synchronous_commit to 'false'");
    clinic.run("alter role bridge in database shop set statement_timeout = '1s'");
    clinic.run("alter role bridge set idle_session_timeout = '5s'");

    // When
    Examination examination = clinic.examine(clinic.wakePoll());

    // Then
    assertThat(examination.findings("PostgreSQL", "durability"))
        .containsExactly(
            "problem: synchronous_commit is off for database shop: after a crash of PostgreSQL,"
                + " changes may be in Kafka that never happened."
                + " → alter database shop reset synchronous_commit",
            "problem: synchronous_commit is off for role bridge: after a crash of PostgreSQL,"
                + " changes may be in Kafka that never happened."
                + " → alter role bridge reset synchronous_commit");
    assertThat(examination.findings("PostgreSQL", "timeouts"))
        .containsExactly(
            "note: idle_session_timeout is 5000 ms for bridge: a bridge that has nothing to do is"
                + " cut off. → alter role bridge set idle_session_timeout = 0",
            "note: statement_timeout is 1000 ms for bridge: a large backlog cannot be read in that"
                + " time. → alter role bridge set statement_timeout = 0");
  }

  @Test
  void shouldFindAServerThatForgetsCommits() throws Exception {
    // Given
    clinic.run("alter system set synchronous_commit = off");
    clinic.run("select pg_reload_conf()");
    try {
      // When, Then
      assertThat(clinic.examine(clinic.wakePoll()).findings("PostgreSQL", "durability"))
          .singleElement()
          .asString()
          .startsWith("problem: synchronous_commit is off: after a crash")
          .endsWith("→ alter system set synchronous_commit = on; select pg_reload_conf()");
    } finally {
      clinic.run("alter system reset synchronous_commit");
      clinic.run("select pg_reload_conf()");
    }
  }

  @Test
  void shouldFindASuperuserAndAClockThatIsOff() throws Exception {
    // When
    Examination examination =
        Examination.of(
            clinic.bridge("postgres", ""),
            clinic.bootstrapServers(),
            Clock.offset(Clock.systemUTC(), Duration.ofSeconds(90)));

    // Then
    assertThat(examination.findings("PostgreSQL", "role"))
        .singleElement()
        .asString()
        .startsWith("note: postgres is a superuser, which the bridge does not need.");
    assertThat(examination.findings("PostgreSQL", "clock"))
        .singleElement()
        .asString()
        .containsPattern(
            "problem: PostgreSQL's clock is (89|90)\\.\\d+ s behind of this machine's");
  }

  @Test
  void shouldFindWhoHoldsUpNotifications() throws Exception {
    try (Connection listener = clinic.postgres().connect("shop");
        Statement statement = listener.createStatement()) {
      // Given
      statement.execute("set application_name = 'sleeper'; listen c");
      listener.setAutoCommit(false);
      statement.execute("select 1");
      clinic.run("select pg_notify('c', repeat('x', 7000) || n) from generate_series(1, 20) as n");

      // When, Then
      assertThat(clinic.examine(clinic.wakePoll()).findings("PostgreSQL", "notification-queue"))
          .singleElement()
          .asString()
          .startsWith("problem: The notification queue is at ")
          .contains("Find it: select pid, usename");
      assertThat(
              clinic
                  .examine(clinic.bridge("postgres", ""))
                  .findings("PostgreSQL", "notification-queue"))
          .singleElement()
          .asString()
          .contains("(sleeper): select pg_terminate_backend(");
    }
  }

  @Test
  void shouldFindAPooler() throws Exception {
    for (boolean byTransaction : new boolean[] {true, false}) {
      try (TransactionPooler pooler =
          new TransactionPooler(clinic.postgres().port(), byTransaction)) {
        // When
        String direct = clinic.bridge("postgres", "wake: poll");
        Examination examination =
            Examination.of(
                direct.replace(":" + clinic.postgres().port() + "/", ":" + pooler.port() + "/"),
                clinic.bootstrapServers());

        // Then
        assertThat(examination.findings("PostgreSQL", "pooler"))
            .singleElement()
            .asString()
            .startsWith(
                byTransaction
                    ? "problem: A pooler lends sessions for single transactions"
                    : "note: A pooler is in between, which lends a session for as long as");
      }
    }
  }
}
