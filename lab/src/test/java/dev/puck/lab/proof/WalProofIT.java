package dev.puck.lab.proof;

import dev.puck.lab.proof.wal.WalSubject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class WalProofIT {
  /** Those that only this source knows, and one more: the others happen to the outbox. */
  @Test
  void shouldLoseAndRepeatNothingThroughThreeKillsAndNoticeASabotage()
      throws SQLException, InterruptedException {
    ShortProof.prove(new WalSubject(), 3, "position-by-lsn");
  }
}
