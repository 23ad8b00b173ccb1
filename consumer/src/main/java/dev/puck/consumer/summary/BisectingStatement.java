package dev.puck.consumer.summary;

import dev.puck.consumer.database.DatabaseFailure;
import dev.puck.consumer.projection.PoisonEventException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the statement for as many events as it takes. Where the data is refused, halves the events
 * until those that are refused alone are found; all others are applied, in their order.
 */
final class BisectingStatement {
  private final SummaryStatement statement;

  BisectingStatement(SummaryStatement statement) {
    this.statement = statement;
  }

  /** An event that the database refuses even alone. */
  record Refused(Payload payload, PoisonEventException why) {}

  /**
   * Applies the payloads in the caller's transaction.
   *
   * @return those that were refused
   * @throws SQLException any failure that is not the events' fault; the transaction is spoilt
   */
  List<Refused> apply(Connection connection, List<Payload> payloads) throws SQLException {
    List<Refused> refused = new ArrayList<>();
    if (!payloads.isEmpty()) {
      apply(connection, payloads, refused);
    }
    return refused;
  }

  private void apply(Connection connection, List<Payload> payloads, List<Refused> refused)
      throws SQLException {
    // Deferred constraints would else speak up at commit, when no event can be told from another.
    run(connection, "set constraints all immediate; savepoint puck_events");
    try {
      statement.execute(connection, array(payloads));
    } catch (SQLException e) {
      if (!DatabaseFailure.isPoison(e)) {
        throw e;
      }
      run(connection, "rollback to savepoint puck_events; release savepoint puck_events");
      halve(connection, payloads, refused, e);
    }
  }

  private void halve(
      Connection connection, List<Payload> payloads, List<Refused> refused, SQLException e)
      throws SQLException {
    if (payloads.size() == 1) {
      refused.add(
          new Refused(payloads.get(0), new PoisonEventException(DatabaseFailure.text(e), e)));
      return;
    }
    int middle = payloads.size() / 2;
    apply(connection, payloads.subList(0, middle), refused);
    apply(connection, payloads.subList(middle, payloads.size()), refused);
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement plain = connection.createStatement()) {
      plain.execute(sql);
    }
  }

  private static String array(List<Payload> payloads) {
    StringBuilder array = new StringBuilder(payloads.size() * 64);
    for (Payload payload : payloads) {
      array.append(array.length() == 0 ? '[' : ',').append(payload.json());
    }
    return array.append(']').toString();
  }
}
