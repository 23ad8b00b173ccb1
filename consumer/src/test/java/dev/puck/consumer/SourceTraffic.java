package dev.puck.consumer;

import dev.puck.event.EventHeaders;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writers of the source database, and a stand-in for the bridge, which publishes what they have
 * committed, with its transaction, some time later: so that any snapshot of the source sees much
 * that is not in Kafka yet. Runs until it is closed.
 */
final class SourceTraffic implements AutoCloseable {
  private static final int WRITERS = 3;
  private static final int BEHIND = 2_000;

  private final Playground playground;
  private final BlockingQueue<Committed> committed = new LinkedBlockingQueue<>(5_000);
  private final List<CompletableFuture<Void>> writers = new ArrayList<>();
  private final CompletableFuture<Void> bridge;
  private final AtomicLong events = new AtomicLong();
  private volatile boolean over;

  private record Committed(long xid, String key, String json) {}

  SourceTraffic(Playground playground, long seed) throws SQLException {
    this.playground = playground;
    Sql.run(
        playground.connection,
        """
        create table if not exists activity (messageid bigint, rts bigint, favs bigint)
        """);
    for (int i = 0; i < WRITERS; i++) {
      Random random = new Random(seed + i);
      writers.add(CompletableFuture.runAsync(() -> write(random)));
    }
    this.bridge = CompletableFuture.runAsync(this::publish);
  }

  static String truth() {
    return """
    select messageid, sum(rts)::bigint as rts, sum(favs)::bigint as favs
      from activity
     group by messageid;
    """;
  }

  long events() {
    return events.get();
  }

  /** Ends the writers; everything is in Kafka then. */
  void end() {
    over = true;
    writers.forEach(CompletableFuture::join);
    bridge.join();
    playground.flush();
  }

  @Override
  public void close() {
    end();
  }

  private void write(Random random) {
    try (Connection connection = playground.newConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      while (!over) {
        transaction(connection, statement, random);
      }
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void transaction(Connection connection, Statement statement, Random random)
      throws SQLException, InterruptedException {
    List<Committed> some = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      long messageid = 1 + random.nextLong(50);
      long rts = random.nextLong(3) - 1;
      long favs = random.nextLong(3) - 1;
      long xid =
          longOf(
              statement,
              "insert into activity values (%d, %d, %d) returning pg_current_xact_id()::text"
                  .formatted(messageid, rts, favs));
      some.add(
          new Committed(
              xid,
              Long.toString(messageid),
              "{\"messageid\":%d,\"rts\":%d,\"favs\":%d}".formatted(messageid, rts, favs)));
    }
    if (random.nextInt(10) == 0) {
      connection.rollback();
      return;
    }
    connection.commit();
    for (Committed each : some) {
      committed.put(each);
    }
  }

  /** Stays behind, as a bridge under load does. */
  private void publish() {
    try {
      Deque<Committed> held = new ArrayDeque<>();
      while (!isWritten()) {
        @Nullable Committed next = committed.poll(10, TimeUnit.MILLISECONDS);
        if (next != null) {
          held.add(next);
        }
        if (held.size() > BEHIND) {
          send(held.remove());
        }
      }
      held.forEach(this::send);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks the writers first: what the last of them put is seen then. */
  private boolean isWritten() {
    return writers.stream().allMatch(CompletableFuture::isDone) && committed.isEmpty();
  }

  private void send(Committed change) {
    ProducerRecord<byte[], byte[]> record = playground.record(null, change.key, change.json);
    record.headers().add(EventHeaders.XID, Playground.bytes(Long.toString(change.xid)));
    playground.send(record);
    events.incrementAndGet();
  }

  private static long longOf(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return Long.parseLong(row.getString(1));
    }
  }
}
