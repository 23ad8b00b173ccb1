package dev.puck.bridge.doctor;

import dev.puck.bridge.schema.CaptureFinding;
import dev.puck.bridge.schema.WatchRepository;
import java.sql.Connection;
import java.sql.SQLException;

/** Every watched table is captured as it was meant when it was watched: {@code puck.findings()}. */
final class CaptureCheck implements Check<Connection> {
  @Override
  public String name() {
    return "captures";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    WatchRepository repository = new WatchRepository(connection);
    findings.saw(repository.list().size() + " watched");
    for (CaptureFinding finding : repository.findings()) {
      findings.problem(finding.table() + ": " + finding.problem() + ".", finding.fix());
    }
  }
}
