package dev.puck.cli.demo;

/** How an action is written. */
enum Deed {
  /** A row is added. */
  ADD("insert into tweet.activity (messageid, action) values (?, ?::tweet.action_t)"),

  /**
   * A row is added, and the message's own counters are updated; its writers wait for each other.
   */
  ADD_AND_COUNT("select twcache.act(?, ?::tweet.action_t)");

  private final String sql;

  Deed(String sql) {
    this.sql = sql;
  }

  /** The statement; it takes the message's id and the action's label. */
  String sql() {
    return sql;
  }
}
