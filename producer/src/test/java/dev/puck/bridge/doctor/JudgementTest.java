package dev.puck.bridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.doctor.BacklogCheck.Backlog;
import dev.puck.bridge.schema.SchemaInstaller;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What checks make of values that no server of a test has. */
class JudgementTest {
  @Test
  void shouldWantPostgres14() {
    assertThat(found(findings -> VersionCheck.judge("14.0", 140_000, findings))).isEmpty();
    assertThat(found(findings -> VersionCheck.judge("13.21", 130_021, findings)))
        .singleElement()
        .asString()
        .startsWith("problem: PostgreSQL is 13.21; Puck needs 14 or newer.");
  }

  @Test
  void shouldWantAPrimary() {
    assertThat(found(findings -> PrimaryCheck.judge(false, findings))).isEmpty();
    assertThat(found(findings -> PrimaryCheck.judge(true, findings)))
        .singleElement()
        .asString()
        .startsWith("problem: This server is a standby");
  }

  @Test
  void shouldWantTheTimeOutByWhichTheBridgeIsElected() {
    assertThat(found(findings -> TimeoutCheck.judge(Map.of(), "bob", findings)))
        .singleElement()
        .asString()
        .startsWith("problem: There is no idle_session_timeout");
    Map<String, Long> long1 =
        Map.of("idle_session_timeout", 60_000L, "statement_timeout", 3_600_000L);
    assertThat(found(findings -> TimeoutCheck.judge(long1, "bob", findings))).isEmpty();
  }

  @Test
  void shouldSayWhichWayTheSchemaDiffers() {
    assertThat(found(findings -> SchemaCheck.judge(SchemaInstaller.VERSION, findings))).isEmpty();
    assertThat(found(findings -> SchemaCheck.judge(0, findings)))
        .singleElement()
        .asString()
        .endsWith("→ puck init");
    assertThat(found(findings -> SchemaCheck.judge(99, findings)))
        .singleElement()
        .asString()
        .endsWith("→ Use the Puck that upgraded it.");
  }

  @Test
  void shouldMindABacklogByWhetherItIsRead() {
    Backlog none = new Backlog(49_152, -1);
    Backlog fresh = new Backlog(49_152, 10);
    Backlog old = new Backlog(49_152, 400);
    Backlog large = new Backlog(3L << 30, 400);
    assertThat(found(findings -> BacklogCheck.judge(none, false, findings))).isEmpty();
    assertThat(found(findings -> BacklogCheck.judge(fresh, false, findings))).isEmpty();
    assertThat(found(findings -> BacklogCheck.judge(old, true, findings))).isEmpty();
    assertThat(found(findings -> BacklogCheck.judge(old, false, findings)))
        .singleElement()
        .asString()
        .startsWith("problem: Nobody reads the outbox")
        .contains("it holds 0.0 MB, the oldest row of 6 min ago.");
    assertThat(found(findings -> BacklogCheck.judge(large, true, findings)))
        .singleElement()
        .asString()
        .startsWith("note: The outbox is large: it holds 3221.2 MB");
  }

  private static List<String> found(Consumer<Findings> judgement) {
    Findings findings = new Findings();
    judgement.accept(findings);
    return Examination.texts(findings.list());
  }
}
