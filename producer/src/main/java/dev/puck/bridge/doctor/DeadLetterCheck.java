package dev.puck.bridge.doctor;

import dev.puck.bridge.schema.SchemaRepository;
import java.sql.Connection;
import java.sql.SQLException;

/** No change waits in the database because Kafka did not take it. */
final class DeadLetterCheck implements Check<Connection> {
  @Override
  public String name() {
    return "dead-letters";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    long waiting = new SchemaRepository(connection).deadLetters();
    findings.saw(waiting + " waiting");
    if (waiting > 0) {
      findings.note(
          "Changes that Kafka did not take wait in puck.dead_letter: " + waiting + ".",
          "puck dead-letters list; and puck dead-letters replay");
    }
  }
}
