package dev.puck.consumer.database;

import dev.puck.consumer.projection.FencedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The offsets of one projection, in {@code puck_consumer.subscription_offset}. Each method works in
 * the caller's transaction. Thread-safe.
 */
public final class OffsetRepository {
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private final String projection;

  /** For the projection of that name, which is unique in the database. */
  public OffsetRepository(String projection) {
    this.projection = projection;
  }

  /** The next offset of each partition that has one. */
  public Map<TopicPartition, Long> read(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select topic, partition, next_offset
              from puck_consumer.subscription_offset
             where projection = ?
            """)) {
      select.setString(1, projection);
      return offsets(select);
    }
  }

  /** Sets the offsets of partitions that have none; leaves those that someone else set. */
  public void insert(Connection connection, Map<TopicPartition, Long> offsets) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into puck_consumer.subscription_offset(projection, topic, partition, next_offset)
                 values (?, ?, ?, ?)
            on conflict do nothing
            """)) {
      for (TopicPartition partition : sorted(offsets)) {
        insert.setString(1, projection);
        insert.setString(2, partition.topic());
        insert.setInt(3, partition.partition());
        insert.setLong(4, offsetOf(offsets, partition));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * Moves the offsets, in a fixed order, so that two processes never wait for each other in a
   * circle; a concurrent move is waited for.
   *
   * @throws FencedException if one is not as expected
   */
  public void advance(
      Connection connection, Map<TopicPartition, Long> expected, Map<TopicPartition, Long> next)
      throws SQLException {
    List<TopicPartition> partitions = sorted(next);
    int[] moved;
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update puck_consumer.subscription_offset
               set next_offset = ?
             where projection = ? and topic = ? and partition = ?
               and next_offset = ?
            """)) {
      for (TopicPartition partition : partitions) {
        update.setLong(1, offsetOf(next, partition));
        update.setString(2, projection);
        update.setString(3, partition.topic());
        update.setInt(4, partition.partition());
        update.setLong(5, offsetOf(expected, partition));
        update.addBatch();
      }
      moved = update.executeBatch();
    }
    for (int i = 0; i < moved.length; i++) {
      requireMoved(moved[i], partitions.get(i), expected);
    }
  }

  private void requireMoved(
      int rows, TopicPartition partition, Map<TopicPartition, Long> expected) {
    if (rows != 1) {
      throw new FencedException(
          "The stored offset of "
              + partition
              + " for "
              + projection
              + " is no longer "
              + expected.get(partition)
              + ": another process moved it; going on from where it stands.");
    }
  }

  private static Map<TopicPartition, Long> offsets(PreparedStatement select) throws SQLException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        offsets.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
      }
    }
    return offsets;
  }

  private static List<TopicPartition> sorted(Map<TopicPartition, Long> offsets) {
    return offsets.keySet().stream().sorted(ORDER).toList();
  }

  private static long offsetOf(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    @Nullable Long offset = offsets.get(partition);
    if (offset == null) {
      throw new IllegalStateException("No offset is known for " + partition);
    }
    return offset;
  }
}
