package dev.puck.bridge.doctor;

import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.sql.SQLException;

/**
 * Looks at one thing, and changes nothing.
 *
 * @param <E> what it looks at
 */
interface Check<E> {
  /** What it is about, in kebab case. */
  String name();

  /**
   * Looks.
   *
   * @param findings takes what it finds
   * @throws SQLException if the database does not let it
   * @throws ConfigException if the cluster does not let it
   * @throws TransientException if the other end went away
   */
  void look(E end, Findings findings) throws SQLException, InterruptedException;
}
