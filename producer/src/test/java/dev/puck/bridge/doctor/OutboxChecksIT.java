package dev.puck.bridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.doctor.CheckResult.Outcome;
import dev.puck.bridge.schema.SchemaInstaller;
import java.sql.Connection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is wrong with the schema puck, and with what it captures. */
@ExtendWith(ClinicExtension.class)
class OutboxChecksIT {
  private final Clinic clinic;

  OutboxChecksIT(Clinic clinic) {
    this.clinic = clinic;
  }

  @BeforeEach
  void prepare() throws Exception {
    clinic.makeWell();
  }

  @Test
  void shouldFindASchemaThatIsNotThereOrAnother() throws Exception {
    // Given
    clinic.run("insert into puck.schema_version values (99)");

    // When, Then
    assertThat(clinic.examine(clinic.wakePoll()).findings("Outbox", "schema"))
        .singleElement()
        .asString()
        .startsWith("problem: The schema puck has version 99, and this program is for version");

    // Given
    try (Connection connection = clinic.postgres().connect("shop")) {
      new SchemaInstaller(connection).uninstall();
    }

    // When, Then
    Examination examination = clinic.examine(clinic.wakePoll());
    assertThat(examination.findings("Outbox", "schema"))
        .containsExactly(
            "problem: The schema puck is not installed, and bridge.source is outbox. → puck init");
    assertThat(examination.outcome("Outbox", "backlog")).isEqualTo(Outcome.SKIPPED);
    assertThat(
            Examination.of(
                    clinic.bridge("bridge", "").replace("source: outbox", "source: notify"),
                    clinic.bootstrapServers())
                .outcome("Outbox", "schema"))
        .isEqualTo(Outcome.SKIPPED);
  }

  @Test
  void shouldFindRightsThatAreMissing() throws Exception {
    // Given
    clinic.run("revoke puck_bridge from bridge");

    // When, Then
    assertThat(clinic.examine(clinic.wakePoll()).findings("Outbox", "rights"))
        .containsExactly(
            "problem: Role bridge may not: use the schema puck. → grant puck_bridge to bridge");

    // Given
    clinic.run("grant usage on schema puck to bridge; grant select on puck.watched to bridge");

    // When
    Examination examination = clinic.examine(clinic.wakePoll());

    // Then
    assertThat(examination.findings("Outbox", "rights"))
        .singleElement()
        .asString()
        .startsWith("problem: Role bridge may not: execute puck.adopt, ")
        .contains("select puck.outbox", "insert puck.dead_letter")
        .doesNotContain("puck.watched");
    assertThat(examination.findings("Outbox", "original"))
        .singleElement()
        .asString()
        .startsWith("problem: It cannot be checked: permission denied for function identity.");
  }

  @Test
  void shouldFindAnotherOwnerACopyABacklogAndDeadLetters() throws Exception {
    // Given
    clinic.run(
        "insert into puck.bridge (name, kafka_cluster, topic_prefix) values ('b', 'k', 'q.')");
    clinic.run(
        """
        create temp table dump as select * from puck.installation;
        delete from puck.installation;
        insert into puck.installation select * from dump
        """);
    clinic.run(
        "insert into puck.outbox_1 (details.name, at) values ('c', now() - interval '3 hours')");
    clinic.run(
        """
        insert into puck.dead_letter (puck_id, bridge, topic, error)
        values ('1', 'tills', 'p.orders', 'too large')
        """);

    // When
    Examination examination = clinic.examine(clinic.wakePoll());

    // Then
    assertThat(examination.findings("Outbox", "owner"))
        .singleElement()
        .asString()
        .startsWith(
            "problem: The outbox belongs to another: bridge 'b', and the configuration has"
                + " 'tills'; Kafka cluster 'k', and the configuration has '")
        .contains("topic prefix 'q.', and the configuration has 'p.'");
    assertThat(examination.findings("Outbox", "original"))
        .singleElement()
        .asString()
        .startsWith("problem: This database is a copy of another one");
    assertThat(examination.findings("Outbox", "backlog"))
        .singleElement()
        .asString()
        .startsWith("problem: Nobody reads the outbox: no bridge with source outbox is connected")
        .contains("the oldest row of 3 h ago");
    assertThat(examination.findings("Outbox", "dead-letters"))
        .containsExactly(
            "note: Changes that Kafka did not take wait in puck.dead_letter: 1."
                + " → puck dead-letters list; and puck dead-letters replay");
  }

  @Test
  void shouldFindTablesThatAreNotCapturedAndTransactionsThatCannotBePrepared() throws Exception {
    // Given
    clinic.run("alter table sale disable trigger all; select puck.unwatch('note')");

    // When
    Examination examination =
        Examination.of(
            clinic.bridge("bridge", "wake: notify") + "  - {table: public.Odd Note, topic: odd}\n",
            clinic.bootstrapServers());

    // Then
    assertThat(examination.findings("Outbox", "captures"))
        .hasSize(2)
        .allMatch(finding -> finding.startsWith("problem: public.sale: "))
        .anyMatch(finding -> finding.contains("changes to rows of public.sale are not captured"));
    assertThat(examination.findings("Outbox", "routed-tables"))
        .containsExactly(
            "problem: Table public.Odd Note has a route, and is not watched: nothing comes from it."
                + " → puck watch 'public.\"Odd Note\"'");
    assertThat(examination.findings("Outbox", "two-phase-commit"))
        .singleElement()
        .asString()
        .startsWith("problem: max_prepared_transactions is 5, and a transaction that wakes");

    // When, Then
    clinic.run("alter database shop set puck.wake = off");
    assertThat(clinic.examine(clinic.bridge("bridge", "")).findings("Outbox", "two-phase-commit"))
        .singleElement()
        .asString()
        .startsWith("note: max_prepared_transactions is 5")
        .contains("but for database shop, where puck.wake is off.");
  }
}
