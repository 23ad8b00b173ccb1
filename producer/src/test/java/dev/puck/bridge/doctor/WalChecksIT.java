package dev.puck.bridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.doctor.CheckResult.Outcome;
import dev.puck.bridge.doctor.RetentionCheck.Retention;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is wrong with a slot, a publication, and what keeps the disk from filling up. */
@ExtendWith(ClinicExtension.class)
class WalChecksIT {
  private static final String DROP =
      "select pg_drop_replication_slot(slot_name) from pg_replication_slots"
          + " where slot_name = 'puck_tills'";

  private final Clinic clinic;

  WalChecksIT(Clinic clinic) {
    this.clinic = clinic;
  }

  @BeforeEach
  void prepare() throws Exception {
    clinic.makeWell();
    clinic.run(
        """
        alter role bridge replication;
        grant select on sale, note to bridge;
        create publication puck for table sale with (publish_via_partition_root = true)
        """);
    clinic.run(
        "select pg_create_logical_replication_slot('puck_tills', 'pgoutput', false, false, true)");
  }

  @AfterEach
  void drop() throws Exception {
    clinic.run(DROP);
  }

  @Test
  void shouldFindNothingWhereAllIsWell() throws Exception {
    Examination examination = examine();

    assertThat(examination.findings("WAL", "wal-level")).isEmpty();
    assertThat(examination.findings("WAL", "replication-role")).isEmpty();
    assertThat(examination.findings("WAL", "publication")).isEmpty();
    assertThat(examination.findings("WAL", "slot")).isEmpty();
    assertThat(examination.findings("WAL", "retention"))
        .singleElement()
        .asString()
        .startsWith("note: PostgreSQL keeps WAL for slot 'puck_tills' without limit");
    assertThat(examination.outcome("Kafka", "topics")).isNotEqualTo(Outcome.PROBLEM);
    assertThat(
            Examination.of(clinic.wakePoll(), clinic.bootstrapServers()).report().results().stream()
                .filter(result -> result.group().equals("WAL")))
        .isEmpty();
  }

  @Test
  void shouldFindATableThatBreaksItsApplication() throws Exception {
    // Given
    clinic.run("alter publication puck add table note; revoke select on note from bridge");

    // When, Then
    assertThat(examine().findings("WAL", "publication"))
        .containsExactly(
            "problem: Table public.note is published without anything that identifies a row:"
                + " PostgreSQL refuses its updates and deletions. → alter table public.note replica"
                + " identity full; or alter publication puck drop table public.note",
            "problem: The rows that table public.note has already may not be read, or not all of"
                + " them, by the bridge's role. → grant select on public.note to its role, and"
                + " bypassrls where row level security hides rows; or bridge.wal.starting-state:"
                + " false");
  }

  @Test
  void shouldFindARouteThatNothingComesBy() throws Exception {
    assertThat(
            Examination.of(
                    bridge().replace("- channel: orders", "- table: public.note"),
                    clinic.bootstrapServers())
                .findings("WAL", "publication"))
        .containsExactly(
            "problem: Table public.note has a route, and is not published: nothing comes from it."
                + " → puck init --source wal --table public.note");
  }

  @Test
  void shouldFindWhatIsMissing() throws Exception {
    // Given
    clinic.run("alter role bridge noreplication; drop publication puck");
    clinic.run(DROP);

    // When
    Examination examination = examine();

    // Then
    assertThat(examination.findings("WAL", "replication-role"))
        .containsExactly(
            "problem: Role bridge may not read replication slots. → alter role bridge replication");
    assertThat(examination.findings("WAL", "publication"))
        .containsExactly(
            "problem: There is no publication 'puck'. → puck init --source wal --table"
                + " SCHEMA.TABLE");
    assertThat(examination.findings("WAL", "slot"))
        .containsExactly(
            "problem: There is no replication slot 'puck_tills'. → puck init --source wal");
    assertThat(examination.findings("WAL", "retention")).isEmpty();
  }

  @Test
  void shouldFindASlotOfAnotherKind() throws Exception {
    // Given
    clinic.run(DROP);
    clinic.run("select pg_create_logical_replication_slot('puck_tills', 'test_decoding')");

    // When, Then
    assertThat(examine().findings("WAL", "slot"))
        .singleElement()
        .asString()
        .contains("has the output plugin 'test_decoding'");
  }

  @Test
  void shouldSayHowLongTheDiskLasts() {
    assertThat(judged(new Retention(5_000_000, null, 2_000_000, true)))
        .isEqualTo("5.0 MB of WAL; 2.00 MB/s are written, without limit, 172.8 GB a day");
    assertThat(judged(new Retention(5_000_000, 14_400_000_000L, 1_000_000, true)))
        .isEqualTo("5.0 MB of WAL; 1.00 MB/s are written, 14400.0 MB left, which is 4 h of it");
    Findings soon = new Findings();
    RetentionCheck.judge(new Retention(5_000_000, 60_000_000L, 1_000_000, false), "s", soon);
    assertThat(Examination.texts(soon.list()))
        .singleElement()
        .asString()
        .startsWith("problem: Slot 's' keeps 5.0 MB of WAL;")
        .contains("which is 60 s of it: after that it is lost. Nobody reads it.");
  }

  private static @Nullable String judged(Retention retention) {
    Findings findings = new Findings();
    RetentionCheck.judge(retention, "s", findings);
    return findings.seen();
  }

  private Examination examine() throws InterruptedException {
    return Examination.of(bridge(), clinic.bootstrapServers());
  }

  private String bridge() {
    return clinic
        .wakePoll()
        .replace("source: outbox", "source: wal")
        .replace("outbox: {wake: poll}", "");
  }
}
