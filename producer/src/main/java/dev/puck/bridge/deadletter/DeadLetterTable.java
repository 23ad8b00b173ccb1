package dev.puck.bridge.deadletter;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.bridge.publisher.DeadLetterStore;
import dev.puck.bridge.publisher.EventHeader;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.event.EventHeaders;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps dead letters in the table {@code puck.dead_letter}. Connects when there is one. */
public final class DeadLetterTable implements DeadLetterStore {
  private static final Logger LOGGER = LoggerFactory.getLogger(DeadLetterTable.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String KEEP =
      """
      insert into puck.dead_letter (puck_id, bridge, position, topic, key, value, headers, error)
      values (?, ?, ?, ?, ?, ?, ?::jsonb, ?)
      on conflict do nothing
      """;

  /** A Kafka transaction may be open meanwhile, and must not end by its own timeout. */
  private static final Map<String, String> IN_TIME =
      Map.of("connectTimeout", "3", "loginTimeout", "3", "socketTimeout", "5");

  private static final int ALIVE_WITHIN_SECONDS = 2;
  private static final String NOT_PERMITTED = "42501";
  private static final String NO_SUCH_TABLE = "42P01";

  private final Postgres postgres;
  private @Nullable Connection connection;

  public DeadLetterTable(Postgres postgres) {
    this.postgres = postgres;
  }

  @Override
  public void keep(OutgoingEvent event, String reason) {
    try (PreparedStatement statement = connected().prepareStatement(KEEP)) {
      int column = 1;
      statement.setString(column++, header(event, EventHeaders.ID));
      statement.setString(column++, header(event, EventHeaders.BRIDGE));
      statement.setString(column++, header(event, EventHeaders.POSITION));
      statement.setString(column++, event.topic());
      statement.setBytes(column++, event.key());
      statement.setBytes(column++, event.value());
      statement.setString(column++, headers(event));
      statement.setString(column, reason);
      statement.executeUpdate();
    } catch (SQLException e) {
      close();
      throw failed(e);
    }
  }

  @Override
  public void close() {
    @Nullable Connection open = connection;
    connection = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (SQLException e) {
      LOGGER.atDebug().addKeyValue("error", e.getMessage()).log("Closing failed");
    }
  }

  private Connection connected() throws SQLException {
    @Nullable Connection open = connection;
    if (open == null || !open.isValid(ALIVE_WITHIN_SECONDS)) {
      close();
      open = postgres.connect(IN_TIME);
      connection = open;
    }
    return open;
  }

  private RuntimeException failed(SQLException e) {
    String state = PostgresFailure.stateOf(e);
    if (state.equals(NOT_PERMITTED) || state.equals(NO_SUCH_TABLE)) {
      return new ConfigException(
          "PostgreSQL at "
              + postgres.config().address()
              + " does not take a dead letter: "
              + PostgresFailure.sentence(e)
              + " Run puck init, and grant puck_bridge to the bridge's user.",
          e);
    }
    return PostgresFailure.working(postgres.config(), "keeping a dead letter", e);
  }

  private static String headers(OutgoingEvent event) {
    ObjectNode headers = JSON.createObjectNode();
    event.headers().forEach(header -> headers.put(header.name(), header.text()));
    return headers.toString();
  }

  private static @Nullable String header(OutgoingEvent event, String name) {
    return event.headers().stream()
        .filter(header -> header.name().equals(name))
        .map(EventHeader::text)
        .findFirst()
        .orElse(null);
  }
}
