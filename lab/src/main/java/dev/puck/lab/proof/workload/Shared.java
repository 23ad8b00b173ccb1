package dev.puck.lab.proof.workload;

import dev.puck.lab.proof.history.Capture;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** What all writers of a workload have in common. Thread-safe. */
final class Shared {
  private final Database database;
  private final Capture capture;
  private final Pace pace;
  private final Counters counters = new Counters();
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
  private final List<String> lateTables = new CopyOnWriteArrayList<>();
  private volatile boolean stopping;

  Shared(Database database, Capture capture, Pace pace) {
    this.database = database;
    this.capture = capture;
    this.pace = pace;
  }

  /** A transaction, which is run when nobody holds the writers. */
  interface Work {
    void run() throws SQLException;
  }

  void during(Work work) throws SQLException {
    gate.readLock().lock();
    try {
      work.run();
    } finally {
      gate.readLock().unlock();
    }
  }

  /** Returns when no transaction runs, and lets none begin. */
  void hold() {
    gate.writeLock().lock();
  }

  /** Whether somebody waits for the transactions that run to end. */
  boolean isHoldWanted() {
    return gate.hasQueuedThreads();
  }

  /** By the thread that held them. */
  void release() {
    gate.writeLock().unlock();
  }

  void stop() {
    stopping = true;
  }

  boolean isStopping() {
    return stopping;
  }

  Connection connect() throws SQLException {
    return database.connect();
  }

  Capture capture() {
    return capture;
  }

  Pace pace() {
    return pace;
  }

  Counters counters() {
    return counters;
  }

  /** Tables beyond those of the mix. */
  List<String> lateTables() {
    return lateTables;
  }
}
