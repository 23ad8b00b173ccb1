package dev.puck.bridge.changeover;

import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.source.Boundary;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.Remainder;
import java.sql.SQLException;

/**
 * One way between two sources, in the order of its methods. Each can be called again by another
 * process, after this one died anywhere. Not thread-safe.
 */
public interface Changeover {
  /** The source before. */
  SourceType from();

  /** The source after. */
  SourceType to();

  /**
   * Sees that all is right; changes nothing.
   *
   * @param at where the bridge is
   * @throws dev.puck.service.config.ConfigException if it is not
   */
  void require(Position at) throws SQLException;

  /** Has both sources capture what transactions do that begin from now on. */
  void capture() throws SQLException;

  /** Waits for all other transactions to end. */
  void settle() throws SQLException, InterruptedException;

  /** Decides which transactions come from which source. No bridge reads the source before. */
  Boundary boundary() throws SQLException, InterruptedException;

  /** What is to come from the source before. */
  Remainder remainder(Position from, Boundary until);

  /**
   * Where the source after begins.
   *
   * @param from any position of the source before
   */
  Position beginning(Position from, Boundary boundary);

  /** Removes what the source before needed; the checkpoint is the other one's. */
  void complete() throws SQLException;
}
