package dev.puck.consumer.job;

import dev.puck.consumer.config.TableName;
import dev.puck.service.connection.Query;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refreshes a materialized view: concurrently, so that readers go on, where PostgreSQL can, else
 * with a warning.
 */
record RefreshWork(TableName view) implements Work {
  private static final Logger LOGGER = LoggerFactory.getLogger(RefreshWork.class);
  private static final String UNDEFINED_TABLE = "42P01";

  @Override
  public Result run(Statement statement) throws SQLException {
    String obstacle = obstacle(statement);
    String sql = "refresh materialized view " + (obstacle.isEmpty() ? "concurrently " : "");
    if (!obstacle.isEmpty()) {
      LOGGER
          .atWarn()
          .addKeyValue("view", view.quoted())
          .addKeyValue("reason", obstacle)
          .log("View refreshed with its readers locked out");
    }
    statement.execute(sql + view.quoted());
    return Result.succeeded(count(statement), obstacle.isEmpty() ? null : note(obstacle));
  }

  @Override
  public String text() {
    return "refresh " + view.quoted();
  }

  private long count(Statement statement) throws SQLException {
    return Query.one(
        statement.getConnection(), "select count(*) from " + view.quoted(), row -> row.getLong(1));
  }

  private static String note(String obstacle) {
    return "not concurrently, so that readers were locked out: " + obstacle;
  }

  /** Why it cannot be refreshed concurrently; empty if it can. */
  private String obstacle(Statement statement) throws SQLException {
    List<String> obstacles =
        Query.list(
            statement.getConnection(),
            """
            select case
                     when not relispopulated then 'it was never refreshed'
                     when not exists
                            (
                              select
                                from pg_catalog.pg_index
                               where indrelid = pg_class.oid
                                 and indisunique
                                 and indisvalid
                                 and indpred is null
                                 and indexprs is null
                            )
                       then 'it has no unique index on columns, without where; create one'
                     else ''
                   end
              from pg_catalog.pg_class
             where oid = to_regclass(?) and relkind = 'm'
            """,
            row -> row.getString(1),
            view.quoted());
    if (obstacles.isEmpty()) {
      throw new SQLException(
          view.quoted() + " is no materialized view of this database", UNDEFINED_TABLE);
    }
    return obstacles.get(0);
  }
}
