package dev.puck.lab.trial;

import dev.puck.lab.workload.Staleness;
import dev.puck.lab.workload.Step;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What a trial measures: a way to keep something, and the database that it is in. */
public interface Candidate {
  /** Makes what it needs, and returns when readers see what was there before. */
  void start() throws SQLException, IOException, InterruptedException;

  /** Why it is not measured when so much is wrong before anybody wrote: our fault, as a rule. */
  default RuntimeException unfit(long wrong) {
    return new IllegalStateException(
        "It does not show what was there before: " + wrong + " messages are wrong");
  }

  /** A session that writes, transaction by transaction. */
  Step openWriter(int number, AtomicLong retries) throws SQLException;

  /** Somebody who reads. */
  Step openReader(int number) throws SQLException;

  /** Writes, and looks until that shows. */
  Step openProbe(Staleness staleness) throws SQLException;

  /** How much is wrong once all that is under way has arrived; nobody writes meanwhile. */
  long settle() throws SQLException, IOException, InterruptedException;

  /** A session that asks the database how it is. */
  Connection connect() throws SQLException;

  /** Whether others use that database, too. */
  boolean isShared();

  /** The processes that do the work, by what they are; empty where they are on another machine. */
  Map<String, Long> processes();

  /** For how long it was busy by itself, such as refreshing, since it was started. */
  Duration busy();

  /** Whether something outside of the writer's transaction brings commits to the readers. */
  default boolean propagates() {
    return false;
  }

  /** Keeps what propagates without connections for so long. */
  default void disconnect(Duration duration) throws SQLException, InterruptedException {}

  /** Ends what propagates, as a crash would, and starts it again. */
  default void restart() throws SQLException, IOException, InterruptedException {}

  /** How often it lost events since it was started last, as far as it knows. */
  default long gaps() throws InterruptedException {
    return 0;
  }
}
