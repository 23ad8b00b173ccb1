package dev.puck.lab.bench.drain;

import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Slot;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** Receives by the JDBC driver, where there is no {@code pg_recvlogical}. */
final class DriverReceiver {
  private static final long PAUSE_NANOS = 100_000;

  private DriverReceiver() {}

  static void receive(Slot slot, String end) throws SQLException {
    Database database = slot.database();
    Properties properties = new Properties();
    PGProperty.USER.set(properties, database.postgres().user());
    PGProperty.PASSWORD.set(properties, database.postgres().password());
    PGProperty.REPLICATION.set(properties, "database");
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
    PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
    long last = LogSequenceNumber.valueOf(end).asLong();
    try (Connection connection =
            DriverManager.getConnection(database.postgres().url(database.name()), properties);
        PGReplicationStream stream = stream(connection, slot)) {
      while (Long.compareUnsigned(stream.getLastReceiveLSN().asLong(), last) < 0) {
        if (stream.readPending() == null) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }

  private static PGReplicationStream stream(Connection connection, Slot slot) throws SQLException {
    return connection
        .unwrap(PGConnection.class)
        .getReplicationAPI()
        .replicationStream()
        .logical()
        .withSlotName(slot.name())
        .withSlotOption("proto_version", "1")
        .withSlotOption("publication_names", Slot.PUBLICATION)
        .withSlotOption("messages", "true")
        .start();
  }
}
