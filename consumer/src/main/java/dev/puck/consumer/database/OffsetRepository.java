package dev.puck.consumer.database;

import dev.puck.consumer.projection.FencedException;
import dev.puck.consumer.projection.Reached;
import dev.puck.consumer.projection.SourceSnapshot;
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

  /** The events that the same projection could not apply. */
  public SetAsideRepository setAside() {
    return new SetAsideRepository(projection);
  }

  /** How far each partition is that has an offset. */
  public Map<TopicPartition, Reached> read(Connection connection) throws SQLException {
    return select(
        connection,
        """
        select topic, partition, next_offset, source_snapshot
          from puck_consumer.subscription_offset
         where projection = ?
        """);
  }

  /** The same, and nobody moves them until the transaction ends. */
  public Map<TopicPartition, Reached> lock(Connection connection) throws SQLException {
    return select(
        connection,
        """
          select topic, partition, next_offset, source_snapshot
            from puck_consumer.subscription_offset
           where projection = ?
        order by topic, partition
             for update
        """);
  }

  /** Sets the offsets, wherever they stood, of a state that was built from the truth. */
  public void reset(Connection connection, Map<TopicPartition, Long> offsets, SourceSnapshot truth)
      throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            insert into puck_consumer.subscription_offset as stored
                          (projection, topic, partition, next_offset, source_snapshot)
                 values (?, ?, ?, ?, ?)
            on conflict (projection, topic, partition)
              do update
                    set next_offset = excluded.next_offset,
                        source_snapshot = excluded.source_snapshot
            """)) {
      for (TopicPartition partition : sorted(offsets)) {
        setPlace(upsert, partition);
        upsert.setLong(4, require(offsets, partition));
        upsert.setString(5, truth.text());
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  /**
   * Sets the offsets of partitions that have none; leaves those that someone else set. The truth
   * that others were built from is theirs, too.
   */
  public void insert(Connection connection, Map<TopicPartition, Long> offsets) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into puck_consumer.subscription_offset
                          (projection, topic, partition, next_offset, source_snapshot)
                 values (?, ?, ?, ?,
                         (select max(source_snapshot)
                            from puck_consumer.subscription_offset
                           where projection = ?))
            on conflict do nothing
            """)) {
      for (TopicPartition partition : sorted(offsets)) {
        setPlace(insert, partition);
        insert.setLong(4, require(offsets, partition));
        insert.setString(5, projection);
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
      Connection connection, Map<TopicPartition, Reached> expected, Map<TopicPartition, Long> next)
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
               and source_snapshot is not distinct from ?
            """)) {
      for (TopicPartition partition : partitions) {
        Reached before = require(expected, partition);
        update.setLong(1, require(next, partition));
        update.setString(2, projection);
        update.setString(3, partition.topic());
        update.setInt(4, partition.partition());
        update.setLong(5, before.next());
        update.setString(6, before.truth() == null ? null : before.truth().text());
        update.addBatch();
      }
      moved = update.executeBatch();
    }
    for (int i = 0; i < moved.length; i++) {
      requireMoved(moved[i], partitions.get(i), expected);
    }
  }

  private void requireMoved(
      int rows, TopicPartition partition, Map<TopicPartition, Reached> expected) {
    if (rows != 1) {
      throw new FencedException(
          "The stored offset of "
              + partition
              + " for "
              + projection
              + " is no longer "
              + require(expected, partition).next()
              + ", or no longer of the same state: another process moved it; going on from where it stands.");
    }
  }

  private void setPlace(PreparedStatement statement, TopicPartition partition) throws SQLException {
    statement.setString(1, projection);
    statement.setString(2, partition.topic());
    statement.setInt(3, partition.partition());
  }

  private Map<TopicPartition, Reached> select(Connection connection, String sql)
      throws SQLException {
    Map<TopicPartition, Reached> offsets = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, projection);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          offsets.put(new TopicPartition(rows.getString(1), rows.getInt(2)), reached(rows));
        }
      }
    }
    return offsets;
  }

  private static Reached reached(ResultSet row) throws SQLException {
    @Nullable String truth = row.getString(4);
    return new Reached(row.getLong(3), truth == null ? null : SourceSnapshot.parse(truth));
  }

  private static List<TopicPartition> sorted(Map<TopicPartition, Long> offsets) {
    return offsets.keySet().stream().sorted(ORDER).toList();
  }

  private static <T> T require(Map<TopicPartition, T> offsets, TopicPartition partition) {
    @Nullable T offset = offsets.get(partition);
    if (offset == null) {
      throw new IllegalStateException("No offset is known for " + partition);
    }
    return offset;
  }
}
