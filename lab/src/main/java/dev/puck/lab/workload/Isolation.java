package dev.puck.lab.workload;

import java.sql.Connection;

/** Of a writer's transactions. */
public enum Isolation {
  /** A writer that finds a row locked waits, and goes on with what the other left. */
  READ_COMMITTED(Connection.TRANSACTION_READ_COMMITTED),

  /** It fails instead, and has to try again. */
  REPEATABLE_READ(Connection.TRANSACTION_REPEATABLE_READ),

  /** It fails, too, where two transactions only read what the other wrote. */
  SERIALIZABLE(Connection.TRANSACTION_SERIALIZABLE);

  private final int level;

  Isolation(int level) {
    this.level = level;
  }

  /** As JDBC has it. */
  public int level() {
    return level;
  }
}
