package dev.puck.lab.proof.workload;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the trial's database, which may be away. */
@FunctionalInterface
public interface Database {
  /** A new connection, owned by the caller. */
  Connection connect() throws SQLException;
}
