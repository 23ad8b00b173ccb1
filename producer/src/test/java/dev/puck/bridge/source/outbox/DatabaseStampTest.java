package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.service.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatabaseStampTest {
  private static final DatabaseStamp STAMP = stamp("a", "7301", 2, "16/B374D848");
  private static final String WAYS_OUT =
      " Either point the bridge at the database that it read before; or, if no change was lost,"
          + " run: puck checkpoint adopt; or begin anew: puck checkpoint reset --from earliest|now.";

  @Test
  void shouldAcceptTheSameDatabaseLater() {
    accepts(STAMP, STAMP, false);
    accepts(STAMP, STAMP.at("17/0"), false);
    accepts(STAMP.at("F/FFFFFFFF"), STAMP.at("10/0"), false);
    accepts(STAMP.at("FFFFFFFF/0"), STAMP.at("FFFFFFFF/1"), false);
  }

  @Test
  void shouldAcceptAClusterThatIsNotTold() {
    accepts(STAMP, stamp("a", null, 2, "16/B374D848"), false);
    accepts(stamp("a", null, 2, "16/B374D848"), STAMP, false);
  }

  @Test
  void shouldRefuseAnotherInstallation() {
    refuses(
        stamp("b", "7301", 2, "16/B374D848"),
        "The checkpoint is of another installation of the schema puck (a, here is b): the database"
            + " was restored, or puck installed anew.");
  }

  @Test
  void shouldRefuseAnotherCluster() {
    refuses(
        stamp("a", "7302", 2, "16/B374D848"),
        "The checkpoint is of the cluster 7301, and this one is 7302: a copy, or another server.");
  }

  @Test
  void shouldRefuseAnotherTimelineUnlessNothingIsLost() {
    // Given
    DatabaseStamp promoted = stamp("a", "7301", 3, "16/A0000000");

    // When, Then: where nothing is lost, the WAL may still be shorter, having been padded
    refuses(
        promoted,
        "The checkpoint is of timeline 2, and this is timeline 3: PostgreSQL was restored or failed"
            + " over, and may have lost what is in Kafka already. With synchronous replication, set"
            + " bridge.outbox.lossless-failover.");
    accepts(STAMP, promoted, true);
    assertThatThrownBy(() -> promoted.requireContinuedBy(STAMP, true))
        .as("never back")
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void shouldRefuseAnEarlierState() {
    refuses(
        STAMP.at("16/B374D847"),
        "The database's WAL ends at 16/B374D847, before 16/B374D848 of the checkpoint: it was"
            + " restored to an earlier state.");
    refuses(
        STAMP.at("F/FFFFFFFF"),
        "The database's WAL ends at F/FFFFFFFF, before 16/B374D848 of the checkpoint: it was"
            + " restored to an earlier state.");
  }

  private static void accepts(DatabaseStamp then, DatabaseStamp now, boolean losslessFailover) {
    assertThatCode(() -> then.requireContinuedBy(now, losslessFailover)).doesNotThrowAnyException();
  }

  private static void refuses(DatabaseStamp now, String message) {
    assertThatThrownBy(() -> STAMP.requireContinuedBy(now, false))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message + WAYS_OUT);
  }

  private static DatabaseStamp stamp(
      String installation, @Nullable String system, long timeline, String wal) {
    return new DatabaseStamp(installation, system, timeline, wal);
  }
}
