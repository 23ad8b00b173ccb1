package dev.puck.bridge.source.outbox;

import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.event.Snapshot;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.PostgresConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees that an outbox may be read by this bridge, from this position. */
final class OutboxCheck {
  private static final Logger LOGGER = LoggerFactory.getLogger(OutboxCheck.class);

  private final PostgresConfig config;
  private final OutboxOwner owner;
  private final boolean losslessFailover;

  OutboxCheck(PostgresConfig config, OutboxOwner owner, boolean losslessFailover) {
    this.config = config;
    this.owner = owner;
    this.losslessFailover = losslessFailover;
  }

  /** Before anything of the schema is used. */
  void requireSchema(Connection connection) throws SQLException {
    String installed = ask(connection, "select to_regclass('puck.outbox') is not null").orElse("f");
    if (!installed.equals("t")) {
      throw new ConfigException(
          "The schema puck is not installed in " + config.address() + ". Run: puck init");
    }
    int version =
        Integer.parseInt(
            ask(connection, "select max(version)::text from puck.schema_version").orElse("0"));
    if (version != SchemaInstaller.VERSION) {
      throw new ConfigException(
          "The schema puck in "
              + config.address()
              + " has version "
              + version
              + ", and this is Puck for version "
              + SchemaInstaller.VERSION
              + (version < SchemaInstaller.VERSION
                  ? ". Run: puck init"
                  : ". Run the Puck that upgraded it."));
    }
  }

  /**
   * Where to begin to read.
   *
   * @param position where the bridge came to before; null: this is its first time
   * @throws ConfigException if it is not the one who may read, or not from there; with the ways out
   */
  OutboxPosition beginning(OutboxSession session, @Nullable OutboxPosition position)
      throws SQLException {
    Optional<OutboxOwner> present = requireReadable(session);
    DatabaseStamp now = session.stamp();
    if (position != null) {
      position.database().requireContinuedBy(now, losslessFailover);
      return position.from(known(session, position.covered()), now);
    }
    if (present.isPresent()) {
      throw new ConfigException(
          "The outbox in "
              + config.address()
              + " belongs to "
              + owner.text()
              + ", but there is no checkpoint of it in topic puck.checkpoints: it was deleted, or"
              + " this is another Kafka. How far the outbox was published is not known. Restore the"
              + " topic; or publish all that the outbox still has, some of it again: puck"
              + " checkpoint reset --from earliest; or what comes from now on, without what waits:"
              + " puck checkpoint reset --from now.");
    }
    return OutboxPosition.earliest(now);
  }

  /**
   * That it is the original, and not another one's.
   *
   * @return whose it is: ours, or nobody's yet
   * @throws ConfigException if it is not
   */
  Optional<OutboxOwner> requireReadable(OutboxSession session) throws SQLException {
    requireOriginal(session);
    Optional<OutboxOwner> present = owner(session);
    if (present.isPresent() && !present.get().equals(owner)) {
      throw anothers(present.get());
    }
    return present;
  }

  /**
   * What of it the database still knows. In a crash it forgets what it did not flush, though it was
   * seen ({@code synchronous_commit = off}), and gives those ids out again.
   */
  private static Snapshot known(OutboxSession session, Snapshot covered) throws SQLException {
    Snapshot now = session.snapshot();
    Snapshot known = covered.cappedAt(now.xmax());
    if (known.xmax() < covered.xmax()) {
      LOGGER
          .atWarn()
          .addKeyValue("position", covered)
          .addKeyValue("database", now)
          .log("PostgreSQL has forgotten transactions that were read already");
    }
    return known;
  }

  /** Notes whose outbox it is, from the first checkpoint on. */
  void own(OutboxSession session) throws SQLException {
    if (!"t".equals(call(session, "select puck.own(?, ?, ?)"))) {
      throw anothers(owner(session).orElse(owner));
    }
  }

  private @Nullable String call(OutboxSession session, String sql) throws SQLException {
    try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
      statement.setString(1, owner.bridge());
      statement.setString(2, owner.kafkaCluster());
      statement.setString(3, owner.topicPrefix());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        @Nullable String answer = row.getString(1);
        session.connection().commit();
        return answer;
      }
    }
  }

  /** Takes the outbox over, whosever it was. */
  void adopt(OutboxSession session) throws SQLException {
    call(session, "select puck.adopt(?, ?, ?)");
  }

  private ConfigException anothers(OutboxOwner other) {
    return new ConfigException(
        "The outbox in "
            + config.address()
            + " belongs to "
            + other.text()
            + ", and this is "
            + owner.text()
            + ". Two would each have a part of it. Stop the other one and run: puck checkpoint"
            + " adopt; or give this one a database of its own.");
  }

  private void requireOriginal(OutboxSession session) throws SQLException {
    if (session.ask("select is_copy from puck.identity()").orElse("f").equals("t")) {
      throw new ConfigException(
          "The database "
              + config.address()
              + " is a copy: the schema puck in it was installed in another one, and what its outbox"
              + " holds is relayed from there. To relay this copy instead, run: puck checkpoint"
              + " adopt. Not to relay it, run there: puck uninstall");
    }
  }

  static Optional<OutboxOwner> owner(OutboxSession session) throws SQLException {
    try (PreparedStatement statement =
            session
                .connection()
                .prepareStatement("select name, kafka_cluster, topic_prefix from puck.bridge");
        ResultSet row = statement.executeQuery()) {
      Optional<OutboxOwner> owner =
          row.next()
              ? Optional.of(new OutboxOwner(row.getString(1), row.getString(2), row.getString(3)))
              : Optional.empty();
      session.connection().rollback();
      return owner;
    }
  }

  private static Optional<String> ask(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }
}
