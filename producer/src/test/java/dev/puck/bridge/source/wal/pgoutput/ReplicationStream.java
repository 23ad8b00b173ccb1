package dev.puck.bridge.source.wal.pgoutput;

import dev.puck.embedded.junit.TestEnvironment;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** Everything that a test's publications publish, from a temporary slot. */
public final class ReplicationStream implements AutoCloseable {
  private final TestEnvironment environment;
  private final Connection connection;
  private final PGReplicationStream stream;
  private final PgOutputDecoder decoder = new PgOutputDecoder();

  private ReplicationStream(
      TestEnvironment environment, Connection connection, PGReplicationStream stream) {
    this.environment = environment;
    this.connection = connection;
    this.stream = stream;
  }

  /**
   * Creates the slot and starts to read.
   *
   * @param setup statements for the session, such as settings of its output
   */
  public static ReplicationStream of(
      TestEnvironment environment, String publications, String... setup) throws SQLException {
    Properties properties = new Properties();
    PGProperty.USER.set(properties, environment.user());
    PGProperty.PASSWORD.set(properties, environment.password());
    PGProperty.REPLICATION.set(properties, "database");
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
    PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
    Connection connection = DriverManager.getConnection(environment.url(), properties);
    String slot = environment.name() + "_slot";
    try (Statement statement = connection.createStatement()) {
      for (String each : setup) {
        statement.execute(each);
      }
      statement.execute("CREATE_REPLICATION_SLOT " + slot + " TEMPORARY LOGICAL pgoutput");
    }
    PGReplicationStream stream =
        connection
            .unwrap(PGConnection.class)
            .getReplicationAPI()
            .replicationStream()
            .logical()
            .withSlotName(slot)
            .withSlotOption("proto_version", "1")
            .withSlotOption("publication_names", publications)
            .withSlotOption("messages", "true")
            .withStartPosition(LogSequenceNumber.INVALID_LSN)
            .start();
    return new ReplicationStream(environment, connection, stream);
  }

  /** What has come until now, without the bounds of transactions. */
  public List<PgOutputMessage> changes() throws SQLException {
    List<PgOutputMessage> changes = new ArrayList<>(all());
    changes.removeIf(each -> each instanceof Begin || each instanceof Commit);
    return changes;
  }

  /** What has come until now. */
  public List<PgOutputMessage> all() throws SQLException {
    try (Connection other = environment.connect();
        Statement statement = other.createStatement()) {
      statement.execute("select pg_logical_emit_message(false, 'end', '')");
    }
    List<PgOutputMessage> messages = new ArrayList<>();
    while (true) {
      ByteBuffer bytes = stream.read();
      PgOutputMessage message = decoder.decode(bytes);
      if (message instanceof LogicalMessage end && end.prefix().equals("end")) {
        return messages;
      }
      messages.add(message);
    }
  }

  @Override
  public void close() throws SQLException {
    stream.close();
    connection.close();
  }
}
