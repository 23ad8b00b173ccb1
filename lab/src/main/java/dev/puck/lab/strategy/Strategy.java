package dev.puck.lab.strategy;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * One way to keep the counters of messages: what the lab must know of it to measure it beside the
 * others. Used by one thread, but for its readers.
 */
public interface Strategy extends AutoCloseable {
  /** A write of those strategies that let an application simply note what was done. */
  String INSERT = "insert into tweet.activity (messageid, action) values (?, ?::tweet.action_t)";

  /** Makes what it needs, and returns when its readers see what was there before. */
  void start() throws SQLException, IOException, InterruptedException;

  /** How an application writes: a statement that takes a message's number and an action. */
  default String write() {
    return INSERT;
  }

  /** A new reader, owned by the caller. */
  Reader openReader() throws SQLException;

  /** How often it is brought up to date; zero where that is done at once. */
  Duration interval();

  /** Whether something outside of the writer's transaction brings commits to the readers. */
  default boolean propagates() {
    return false;
  }

  /** How often it lost events since it was started last, as far as it knows. */
  default long gaps() throws InterruptedException {
    return 0;
  }

  /** Ends what propagates, as a crash would, and starts it again. */
  default void restart() throws SQLException, IOException, InterruptedException {}

  /** For how long it was busy by itself, such as refreshing, since it was started. */
  default Duration busy() {
    return Duration.ZERO;
  }

  /** Processes of its own, by what they are, beside the servers. */
  default Map<String, Long> processes() {
    return Map.of();
  }

  @Override
  void close();
}
