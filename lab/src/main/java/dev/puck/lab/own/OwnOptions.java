package dev.puck.lab.own;

import dev.puck.lab.report.Need;
import dev.puck.lab.workload.Workload;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.PostgresConfig;
import java.time.Duration;
import java.util.List;

/**
 * How the lab is run on the user's database.
 *
 * @param postgres the database, and as whom
 * @param sql what the application does there
 * @param inPlace whether it writes to the user's tables, and not to copies
 * @param strategies which of them, by name
 * @param workload how often; the messages are those of the truth
 * @param repeats how often each is tried
 * @param closed how long writers write as fast as they can; readers read half as long
 * @param open how long both come at the workload's rates
 * @param need what is asked for
 */
public record OwnOptions(
    PostgresConfig postgres,
    OwnSql sql,
    boolean inPlace,
    List<String> strategies,
    Workload workload,
    int repeats,
    Duration closed,
    Duration open,
    Need need) {
  /**
   * @throws ConfigException if there is no such strategy
   */
  public OwnOptions {
    strategies = List.copyOf(strategies);
    List<String> names = OwnStrategy.names(sql, false);
    for (String name : strategies) {
      if (!names.contains(name)) {
        throw new ConfigException(
            "--only: of your own statements there is no strategy '"
                + name
                + "'; there are "
                + String.join(", ", names)
                + ".");
      }
    }
  }

  /** All strategies that there are. */
  public static List<String> strategies(OwnSql sql, boolean quick) {
    return OwnStrategy.names(sql, quick);
  }
}
