package dev.puck.consumer.summary;

import dev.puck.consumer.config.SummaryConfig;
import dev.puck.consumer.config.TableName;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.service.config.ConfigException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The user's statement, ready for the driver: {@code :events} is a parameter of type {@code jsonb},
 * {@code :target} the quoted table.
 *
 * @param sql with {@code ?} for each parameter
 * @param parameters how many there are
 * @param used the members of the events that it can see; null if all
 */
record SummaryStatement(String sql, int parameters, @Nullable MemberNames used) {
  /**
   * The statement of that configuration.
   *
   * @throws ConfigException if {@code :events} stands only in literals and comments
   */
  static SummaryStatement of(SummaryConfig config) {
    SummaryStatement statement = parse(config.statementText(), config.table());
    if (statement.parameters == 0) {
      throw new ConfigException(
          "The statement of the summary '"
              + config.name()
              + "' has :events only inside a literal or a comment; use it as a parameter.");
    }
    return statement;
  }

  static SummaryStatement parse(String template, TableName target) {
    StringBuilder sql = new StringBuilder(template.length() + 64);
    int parameters = 0;
    SqlTokens tokens = new SqlTokens(template);
    while (tokens.next()) {
      switch (tokens.text()) {
        case ":events" -> {
          sql.append("?::jsonb");
          parameters++;
        }
        case ":target" -> sql.append(target.quoted());
        // The driver takes one for a parameter; two are the operator of jsonb.
        case "?" -> sql.append("??");
        default -> sql.append(tokens.text());
      }
    }
    return new SummaryStatement(
        sql.toString(), parameters, UsedMembers.of(template).map(MemberNames::new).orElse(null));
  }

  /**
   * What it is to be given of that event.
   *
   * @throws PoisonEventException if the event's payload is no JSON
   */
  Payload payload(IncomingEvent event) {
    return used == null ? Payload.of(event) : Payload.of(event, used);
  }

  /** Asks the server whether it understands the statement, without running it. */
  void check(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.getParameterMetaData();
    }
  }

  void execute(Connection connection, String events) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 1; i <= parameters; i++) {
        statement.setString(i, events);
      }
      statement.execute();
    }
  }
}
