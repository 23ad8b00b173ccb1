package dev.puck.consumer.database;

import dev.puck.consumer.projection.EventPlace;
import dev.puck.consumer.projection.Standing;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The events that one projection could not apply, in {@code puck_consumer.dead_letter}: noted in
 * the transaction in which the offsets move past them, so that what is noted is what is missing.
 * Each method works in the caller's transaction. Thread-safe.
 */
public final class SetAsideRepository {
  private final String projection;

  /** For the projection of that name, which is unique in the database. */
  SetAsideRepository(String projection) {
    this.projection = projection;
  }

  /** Notes that the projection lacks those. */
  public void add(Connection connection, Collection<EventPlace> places) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into puck_consumer.dead_letter (projection, topic, partition, record_offset)
                 values (?, ?, ?, ?)
            on conflict (projection, topic, partition, record_offset)
              do update
                    set set_aside_at = default,
                        replayed_at = null
            """)) {
      for (EventPlace place : places) {
        set(insert, place);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * Forgets those of partitions that the projection has no offset of, since it reads these from
   * their beginnings: whatever was set aside comes again.
   */
  public void forgetUnread(Connection connection, Collection<TopicPartition> partitions)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            delete from puck_consumer.dead_letter as letter
                  where projection = ? and topic = ? and partition = ?
                    and not exists
                          (
                            select
                              from puck_consumer.subscription_offset as stored
                             where stored.projection = letter.projection
                               and stored.topic = letter.topic
                               and stored.partition = letter.partition
                          )
            """)) {
      for (TopicPartition partition : partitions) {
        delete.setString(1, projection);
        delete.setString(2, partition.topic());
        delete.setInt(3, partition.partition());
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  /** What has become of each. */
  public Map<EventPlace, Standing> read(Connection connection, Collection<EventPlace> places)
      throws SQLException {
    Map<EventPlace, Standing> standing = new HashMap<>();
    for (EventPlace place : places) {
      standing.put(place, select(connection, place, ""));
    }
    return standing;
  }

  /** The same of one, and nobody replays it until the transaction ends. */
  public Standing lock(Connection connection, EventPlace place) throws SQLException {
    return select(connection, place, " for update");
  }

  /** It is replayed, if the transaction commits. */
  public void markReplayed(Connection connection, EventPlace place) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update puck_consumer.dead_letter
               set replayed_at = clock_timestamp()
             where projection = ? and topic = ? and partition = ? and record_offset = ?
            """)) {
      set(update, place);
      update.executeUpdate();
    }
  }

  private Standing select(Connection connection, EventPlace place, String locking)
      throws SQLException {
    List<Standing> found =
        Query.list(
            connection,
            """
            select replayed_at is not null
              from puck_consumer.dead_letter
             where projection = ? and topic = ?
                   and partition = ?::int and record_offset = ?::bigint
            """
                + locking,
            row -> row.getBoolean(1) ? Standing.REPLAYED : Standing.DEAD,
            projection,
            place.partition().topic(),
            Integer.toString(place.partition().partition()),
            Long.toString(place.offset()));
    return found.isEmpty() ? Standing.SETTLED : found.get(0);
  }

  private void set(PreparedStatement statement, EventPlace place) throws SQLException {
    statement.setString(1, projection);
    statement.setString(2, place.partition().topic());
    statement.setInt(3, place.partition().partition());
    statement.setLong(4, place.offset());
  }
}
