package dev.puck.lab.proof.observer;

import dev.puck.lab.proof.history.SlotSample;
import dev.puck.lab.proof.observer.Checkpoints.Checkpoint;
import dev.puck.lab.proof.workload.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Notes how far a slot is confirmed, and then which checkpoint was the newest that was sent by that
 * moment and is committed; a thread of its own.
 */
public final class SlotWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration REST = Duration.ofMillis(30);
  private static final Duration RECONNECT = Duration.ofMillis(100);
  private static final String CONFIRMED =
      "select (confirmed_flush_lsn - '0/0')::bigint from pg_replication_slots where slot_name = ?";

  private final Topics topics;
  private final Database database;
  private final Slot slot;
  private final List<SlotSample> samples = new ArrayList<>();
  private final Deque<Checkpoint> unread = new ArrayDeque<>();
  private final Thread thread = new Thread(this::run, "proof-slot-watch");
  private @Nullable Checkpoint newest;
  private volatile boolean stopping;

  private SlotWatch(Topics topics, Database database, Slot slot) {
    this.topics = topics;
    this.database = database;
    this.slot = slot;
  }

  /** Begins to watch. */
  public static SlotWatch start(Topics topics, Database database, Slot slot) {
    SlotWatch watch = new SlotWatch(topics, database, slot);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  /** Stops watching; all samples, in order. */
  public List<SlotSample> stop() throws InterruptedException {
    stopping = true;
    thread.join();
    return samples;
  }

  @Override
  public void close() {
    stopping = true;
  }

  private void run() {
    try (Checkpoints checkpoints = new Checkpoints(topics, slot.bridge())) {
      while (!stopping && !checkpoints.begin()) {
        LockSupport.parkNanos(POLL.toNanos());
      }
      while (!stopping) {
        try (Connection connection = database.connect();
            PreparedStatement statement = connection.prepareStatement(CONFIRMED)) {
          statement.setString(1, slot.name());
          while (!stopping) {
            sample(statement, checkpoints);
            LockSupport.parkNanos(REST.toNanos());
          }
        } catch (SQLException | KafkaException e) {
          LockSupport.parkNanos(RECONNECT.toNanos()); // one of them is away
        }
      }
    }
  }

  /**
   * A reader of committed records gets them a moment after the commit, so that it is waited for
   * what was sent before the slot was looked at; what was sent later does not count.
   */
  private void sample(PreparedStatement statement, Checkpoints checkpoints) throws SQLException {
    long confirmed = confirmed(statement);
    long end = checkpoints.end();
    while (checkpoints.position() < end) {
      if (stopping) {
        return;
      }
      unread.addAll(checkpoints.poll(POLL));
    }
    while (!unread.isEmpty() && unread.getFirst().offset() < end) {
      newest = unread.removeFirst();
    }
    Checkpoint known = newest;
    if (known != null) {
      samples.add(new SlotSample(confirmed, slot.place().applyAsLong(known.text()), known.text()));
    }
  }

  private static long confirmed(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
