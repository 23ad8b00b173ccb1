package dev.puck.lab.proof;

import dev.puck.lab.proof.outbox.OutboxSubject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class OutboxProofIT {
  @Test
  void shouldLoseAndRepeatNothingThroughTenKillsAndNoticeASabotage()
      throws SQLException, InterruptedException {
    ShortProof.prove(new OutboxSubject(), 10, "uncapped-xmax");
  }
}
