package dev.puck.consumer;

import dev.puck.event.EventHeaders;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
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
  private static final Duration TOKENS_EVERY = Duration.ofMillis(20);

  private final Playground playground;
  private final Workload workload;
  private final BlockingQueue<Committed> committed = new LinkedBlockingQueue<>();
  private final List<CompletableFuture<Void>> writers = new ArrayList<>();
  private final CompletableFuture<Void> bridge;
  private final AtomicLong events = new AtomicLong();
  private volatile boolean over;

  /** What the writers do, and how it is published. */
  interface Workload {
    /** The statements that make the tables. */
    String schema();

    /** One change, in the transaction at hand; of one key only one writer makes changes. */
    Change change(Statement statement, Random random, int writer, int writers) throws SQLException;

    /** As the bridge does; called by one thread. */
    void send(Change change);
  }

  /**
   * @param json null: the key is gone
   */
  record Change(long xid, String key, @Nullable String json) {}

  /**
   * @param change null: it is a token
   */
  private record Committed(@Nullable Change change, String token) {}

  /**
   * Held by writers from their commit until the stand-in has it, and by it while it reads tokens.
   */
  private final ReadWriteLock handingOver = new ReentrantReadWriteLock(true);

  private long tokensRead;
  private long tokensReadAt = System.nanoTime();

  /** Counts by key, made from what is added to them. */
  SourceTraffic(Playground playground, long seed) throws SQLException {
    this(playground, seed, new Counting(playground));
  }

  SourceTraffic(Playground playground, long seed, Workload workload) throws SQLException {
    this.playground = playground;
    this.workload = workload;
    Sql.run(playground.connection, workload.schema());
    Sql.run(
        playground.connection,
        """
        create schema if not exists puck;
        create table if not exists puck.tokens (id bigserial primary key, token text);
        create or replace function puck.token() returns text language sql as $$
          insert into puck.tokens (token) values (pg_current_xact_id() || '-1767225600000000')
          returning token
        $$;
        """);
    createTokenTopic();
    for (int i = 0; i < WRITERS; i++) {
      Random random = new Random(seed + i);
      int writer = i;
      writers.add(CompletableFuture.runAsync(() -> write(random, writer)));
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

  /** The id of a transaction that is over, and changed nothing. */
  long emptyTransaction() throws SQLException {
    return Sql.number(playground.connection, "select pg_current_xact_id()::text::bigint");
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

  private void createTokenTopic() {
    NewTopic topic = new NewTopic(playground.tokenTopic(), 1, (short) 1);
    try (Admin admin = playground.admin()) {
      admin.createTopics(Set.of(topic)).all().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(Random random, int writer) {
    try (Connection connection = playground.newConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      while (!over) {
        transaction(connection, statement, random, writer);
      }
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void transaction(Connection connection, Statement statement, Random random, int writer)
      throws SQLException, InterruptedException {
    List<Committed> some = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      some.add(new Committed(workload.change(statement, random, writer, WRITERS), ""));
    }
    if (random.nextInt(10) == 0) {
      connection.rollback();
      return;
    }
    handingOver.readLock().lock();
    try {
      connection.commit();
      committed.addAll(some);
    } finally {
      handingOver.readLock().unlock();
    }
  }

  /** Stays behind, as a bridge under load does. */
  private void publish() {
    try (Connection connection = playground.newConnection();
        Statement statement = connection.createStatement()) {
      Deque<Committed> held = new ArrayDeque<>();
      while (!isWritten()) {
        @Nullable Committed next = committed.poll(10, TimeUnit.MILLISECONDS);
        if (next != null) {
          held.add(next);
        }
        if (System.nanoTime() - tokensReadAt > TOKENS_EVERY.toNanos()) {
          readTokens(statement, held);
        }
        while (held.size() > BEHIND) {
          send(held.remove());
        }
      }
      held.forEach(this::send);
    } catch (InterruptedException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token comes behind everything that was committed before it. */
  private void readTokens(Statement statement, Deque<Committed> held) throws SQLException {
    handingOver.writeLock().lock();
    try (ResultSet rows =
        statement.executeQuery(
            "select id, token from puck.tokens where id > " + tokensRead + " order by id")) {
      committed.drainTo(held);
      while (rows.next()) {
        tokensRead = rows.getLong(1);
        held.add(new Committed(null, rows.getString(2)));
      }
    } finally {
      handingOver.writeLock().unlock();
    }
    tokensReadAt = System.nanoTime();
  }

  /** Asks the writers first: what the last of them put is seen then. */
  private boolean isWritten() {
    return writers.stream().allMatch(CompletableFuture::isDone) && committed.isEmpty();
  }

  private void send(Committed next) {
    if (next.change == null) {
      byte[] token = Playground.bytes(next.token);
      playground.flush();
      playground.send(new ProducerRecord<>(playground.tokenTopic(), token, token));
      return;
    }
    workload.send(next.change);
    events.incrementAndGet();
  }

  /** As the bridge does with an event of that transaction. */
  static void send(Playground playground, long xid, String key, String json) {
    ProducerRecord<byte[], byte[]> record = playground.record(null, key, json);
    record.headers().add(EventHeaders.XID, Playground.bytes(Long.toString(xid)));
    playground.send(record);
  }

  private record Counting(Playground playground) implements Workload {
    @Override
    public String schema() {
      return "create table if not exists activity (messageid bigint, rts bigint, favs bigint)";
    }

    @Override
    public Change change(Statement statement, Random random, int writer, int writers)
        throws SQLException {
      long messageid = 1 + random.nextLong(50);
      long rts = random.nextLong(3) - 1;
      long favs = random.nextLong(3) - 1;
      long xid =
          longOf(
              statement,
              "insert into activity values (%d, %d, %d) returning pg_current_xact_id()::text"
                  .formatted(messageid, rts, favs));
      return new Change(
          xid,
          Long.toString(messageid),
          "{\"messageid\":%d,\"rts\":%d,\"favs\":%d}".formatted(messageid, rts, favs));
    }

    @Override
    public void send(Change change) {
      SourceTraffic.send(playground, change.xid, change.key, String.valueOf(change.json));
    }
  }

  static long longOf(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return Long.parseLong(row.getString(1));
    }
  }
}
