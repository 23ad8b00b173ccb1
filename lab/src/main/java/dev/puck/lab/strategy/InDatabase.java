package dev.puck.lab.strategy;

import java.sql.SQLException;
import java.time.Duration;

/** What is right at every commit: views, counters in place, triggers. */
final class InDatabase implements Strategy {
  /** A write of those who update a message's counters in place. */
  static final String ACT = "select twcache.act(?, ?::tweet.action_t)";

  private final Site site;
  private final String script;
  private final String relation;
  private final String write;

  private InDatabase(Site site, String script, String relation, String write) {
    this.site = site;
    this.script = script;
    this.relation = relation;
    this.write = write;
  }

  /** The counters are counted when they are read. */
  static Strategy query(Site site) {
    return new InDatabase(site, "view", "counters_view", INSERT);
  }

  /** Columns of the message are updated with every action. */
  static Strategy update(Site site) {
    return new InDatabase(site, "update_in_place", "counters_in_place", ACT);
  }

  /** A trigger updates a row of counters for each row. */
  static Strategy triggerRow(Site site) {
    return new InDatabase(site, "trigger_row", "counters_by_row", INSERT);
  }

  /** Triggers update rows of counters once a statement. */
  static Strategy triggerStatement(Site site) {
    return new InDatabase(site, "trigger_statement", "counters_by_statement", INSERT);
  }

  @Override
  public void start() throws SQLException {
    site.database().run("/sql/cache/" + script + ".sql");
  }

  @Override
  public String write() {
    return write;
  }

  @Override
  public Reader openReader() throws SQLException {
    return new SqlReader(site.database().connect(), "twcache." + relation);
  }

  @Override
  public Duration interval() {
    return Duration.ZERO;
  }

  @Override
  public void close() {}
}
