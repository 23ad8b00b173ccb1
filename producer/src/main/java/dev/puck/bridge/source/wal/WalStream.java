package dev.puck.bridge.source.wal;

import dev.puck.bridge.type.OutputSettings;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.WaitingSocketFactory;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;

/**
 * A replication connection, and the stream of one slot over it. It speaks the protocol over the
 * driver's {@code CopyDual}: the driver's own stream confirms what it was not told to, tells no
 * times, and cannot wait for a bounded time without delay. Owned by one thread.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-replication.html">Streaming
 *     replication protocol</a>
 */
final class WalStream implements AutoCloseable {
  private static final Duration SOCKET_PATIENCE = Duration.ofMinutes(2);

  /** A bridge that has stopped must not keep its successor from the slot for the usual minute. */
  private static final Duration SENDER_PATIENCE = Duration.ofSeconds(10);

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "replication", "database",
          "assumeMinServerVersion", "14",
          "preferQueryMode", "simple",
          "socketFactory", WaitingSocketFactory.class.getName(),
          "socketTimeout", Long.toString(SOCKET_PATIENCE.toSeconds()));

  private static final long MICROS_FROM_1970_TO_2000 = 946_684_800_000_000L;
  private static final int STATUS_BYTES = 1 + 4 * Long.BYTES + 1;

  private static final Duration NOTICEABLE = Duration.ofMillis(4);

  /** More answers of nothing than this, each without waiting: the stream has ended. */
  private static final int MAX_HASTY = 3;

  private final Connection connection;
  private @Nullable CopyDual copy;
  private long received;
  private int hasty;

  private WalStream(Connection connection) {
    this.connection = connection;
  }

  /** What {@code IDENTIFY_SYSTEM} says. */
  record Identity(WalDatabase database, long flushed) {}

  /** What came; the payload of a keepalive is null. */
  record Received(long lsn, long sentMicros, @Nullable ByteBuffer payload) {}

  /** Connects; nothing is read yet. */
  static WalStream connect(Postgres postgres) throws SQLException {
    Connection connection = postgres.connect(PROPERTIES);
    try (Statement statement = connection.createStatement()) {
      for (String each : OutputSettings.STATEMENTS) {
        statement.execute(each);
      }
      statement.execute("set wal_sender_timeout = '" + SENDER_PATIENCE.toSeconds() + "s'");
      return new WalStream(connection);
    } catch (SQLException | RuntimeException e) {
      try {
        connection.close();
      } catch (SQLException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  /** Whose WAL it is, and how far it was flushed. */
  Identity identify() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
      row.next();
      return new Identity(
          new WalDatabase(row.getString("systemid"), row.getLong("timeline")),
          Lsn.parse(row.getString("xlogpos")));
    }
  }

  /** Begins to read; PostgreSQL sends each transaction whose commit record is there or later. */
  void start(String slot, String publication, long from) throws SQLException {
    String start =
        "START_REPLICATION SLOT \"%s\" LOGICAL %s (proto_version '1', publication_names '%s', messages 'true')"
            .formatted(slot, Lsn.text(from), quotedIn(publication));
    copy = connection.unwrap(PGConnection.class).getCopyAPI().copyDual(start);
    received = from;
  }

  /** What comes next, waiting so long for it; null if nothing came. */
  @Nullable Received next(Duration patience) throws SQLException {
    CopyDual stream = stream();
    long begun = System.nanoTime();
    byte @Nullable [] message =
        patience.isZero()
            ? stream.readFromCopy(false)
            : WaitingSocketFactory.waiting(patience, () -> stream.readFromCopy(false));
    if (message == null) {
      noticeEnd(patience, System.nanoTime() - begun);
      return null;
    }
    hasty = 0;
    return read(ByteBuffer.wrap(message));
  }

  /**
   * Tells PostgreSQL that what comes before {@code confirmed} is not needed any more, and that we
   * are there.
   *
   * @param reply whether it shall answer
   */
  void tell(long confirmed, boolean reply) throws SQLException {
    send(confirmed, false);
    // A server that shuts down waits until all that it sent is confirmed as flushed, which needs
    // Kafka; but where nobody speaks of flushing it is content with its having arrived.
    send(0, reply);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private Received read(ByteBuffer message) throws SQLException {
    int kind = message.get();
    long lsn = message.getLong();
    switch (kind) {
      case 'w' -> {
        received = Lsn.later(received, lsn);
        message.getLong();
        long sent = message.getLong();
        return new Received(lsn, sent + MICROS_FROM_1970_TO_2000, message.slice());
      }
      case 'k' -> {
        received = Lsn.later(received, lsn);
        long sent = message.getLong();
        if (message.get() != 0) {
          send(0, false);
        }
        return new Received(lsn, sent + MICROS_FROM_1970_TO_2000, null);
      }
      default -> throw new SQLException("An unknown kind of replication message: " + kind, "08P01");
    }
  }

  private void send(long confirmed, boolean reply) throws SQLException {
    ByteBuffer status = ByteBuffer.allocate(STATUS_BYTES);
    status.put((byte) 'r').putLong(received).putLong(confirmed).putLong(confirmed);
    status.putLong(System.currentTimeMillis() * 1000 - MICROS_FROM_1970_TO_2000);
    status.put((byte) (reply ? 1 : 0));
    CopyDual stream = stream();
    stream.writeToCopy(status.array(), 0, STATUS_BYTES);
    stream.flushCopy();
  }

  /**
   * The driver keeps the end of the stream for itself until it is asked for it, and says without
   * waiting that there is nothing.
   */
  private void noticeEnd(Duration patience, long waitedNanos) throws SQLException {
    boolean waited = patience.compareTo(NOTICEABLE) < 0 || waitedNanos >= patience.toNanos() / 2;
    hasty = waited ? 0 : hasty + 1;
    if (hasty > MAX_HASTY) {
      throw new SQLException("The server has ended the stream", "57P01");
    }
  }

  private CopyDual stream() throws SQLException {
    CopyDual stream = copy;
    if (stream == null) {
      throw new IllegalStateException("The stream was read before it was started");
    }
    if (!stream.isActive()) {
      throw new SQLException("The server has ended the stream", "57P01");
    }
    return stream;
  }

  /** An identifier within a literal. */
  private static String quotedIn(String identifier) {
    return ("\"" + identifier.replace("\"", "\"\"") + "\"").replace("'", "''");
  }
}
