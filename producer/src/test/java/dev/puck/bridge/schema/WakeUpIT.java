package dev.puck.bridge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Who is notified when. */
@ExtendWith(PuckExtension.class)
class WakeUpIT {
  private final Connection writer;
  private final Connection bridge;

  WakeUpIT(TestEnvironment environment) throws SQLException {
    this.writer = environment.connect();
    this.bridge = environment.connect();
  }

  @BeforeEach
  void listen() throws SQLException {
    new SchemaInstaller(writer).install();
    Sql.run(writer, "create table t (id int primary key)");
    Sql.run(writer, "select puck.watch('t')");
    Sql.run(bridge, "listen puck_wake");
  }

  @AfterEach
  void disconnect() throws SQLException {
    writer.close();
    bridge.close();
  }

  @Test
  void shouldNotifyOncePerTransactionWhileTheBridgeSleeps() throws SQLException {
    // When
    Sql.run(writer, "begin; insert into t values (1), (2); select puck.publish('c', 'x'); commit");
    Sql.run(writer, "begin; insert into t values (3); commit");

    // Then
    assertThat(notifications()).isEqualTo(2);
  }

  @Test
  void shouldNotifyNobodyWhoIsAwake() throws SQLException {
    // Given
    Sql.run(bridge, "select puck.wake_up()");

    // When
    Sql.run(writer, "insert into t values (1)");
    Sql.run(writer, "select puck.publish('c', 'x')");

    // Then
    assertThat(notifications()).isZero();

    // When
    Sql.run(bridge, "select puck.sleep()");
    Sql.run(writer, "insert into t values (2)");

    // Then
    assertThat(notifications()).isEqualTo(1);
  }

  @Test
  void shouldNotifyNobodyWhenTheWriterSaysSo() throws SQLException {
    // Given
    Sql.run(writer, "set puck.wake = off");

    // When
    Sql.run(writer, "insert into t values (1)");
    Sql.run(writer, "select puck.publish('c', 'x')");

    // Then
    assertThat(notifications()).isZero();
  }

  @Test
  void shouldNotifyNobodyWhenThisIsInstalledToPoll() throws SQLException {
    // Given: neither sleeping nor waking changes that
    assertThat(Sql.text(bridge, "select puck.wake_by('poll')")).isEqualTo("8");
    assertThat(Sql.text(bridge, "select puck.sleep()")).isEqualTo("8");
    assertThat(Sql.text(bridge, "select puck.wake_up()")).isEqualTo("8");

    // When
    Sql.run(writer, "insert into t values (1)");

    // Then
    assertThat(notifications()).isZero();

    // When
    assertThat(Sql.text(bridge, "select puck.wake_by('notify')")).isEqualTo("0");
    Sql.run(writer, "insert into t values (2)");

    // Then
    assertThat(notifications()).isEqualTo(1);
  }

  /** The transaction that sets the state has its id before that: X must be another's. */
  @Test
  void shouldBoundThoseWhoReadAwakeByAnIdTakenAfterwards() throws SQLException {
    // Given: asleep is set, and not committed; a writer that read "awake" comes in between
    Sql.run(bridge, "select puck.wake_up()");
    Sql.run(bridge, "begin");
    String early = Sql.text(bridge, "select pg_current_xact_id()");
    Sql.run(writer, "begin; insert into t values (1)");

    // When
    Sql.run(bridge, "select puck.sleep(); commit");
    String x = Sql.text(bridge, "select pg_current_xact_id()");

    // Then
    String isOver = "select pg_snapshot_xmin(pg_current_snapshot()) >= '%s'::xid8";
    assertThat(Sql.text(bridge, isOver.formatted(early))).isEqualTo("t");
    assertThat(Sql.text(bridge, isOver.formatted(x))).isEqualTo("f");
    Sql.run(writer, "commit");
    assertThat(Sql.text(bridge, isOver.formatted(x))).isEqualTo("t");
    assertThat(notifications()).isZero();
  }

  /** Marks the end of what was sent, and counts what came before it. */
  private int notifications() throws SQLException {
    Sql.run(writer, "notify puck_wake, 'end'");
    int count = 0;
    while (true) {
      PGNotification[] received = bridge.unwrap(PGConnection.class).getNotifications(10_000);
      assertThat(received).as("notifications").isNotEmpty();
      for (PGNotification notification : received) {
        if (notification.getParameter().equals("end")) {
          return count;
        }
        count++;
      }
    }
  }
}
