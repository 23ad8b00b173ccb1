package dev.puck.lab.strategy;

/** What a consumer keeps the counters in. */
enum Keeper {
  /** Its own memory: it adds up what was done, as {@code MessageCounters} does. */
  MEMORY(
      """
        reducers:
          - name: counters
            topics: ["%1$s"]
            reducer: dev.puck.lab.tweet.MessageCounters
            truth: "%2$s"
      """),

  /** Redis: it puts there what the counters are, which the application keeps in place. */
  REDIS(
      """
        caches:
          - name: counters
            topics: ["%1$s"]
            store: redis
            key-template: "%3$s:{key}"
            truth: "%2$s"
      """),

  /** A table, into which a statement adds up what was done. */
  SUMMARY(
      """
        summaries:
          - name: counters
            topics: ["%1$s"]
            target: twcache.counters
            statement-file: %4$s
            truth: "select messageid, rts, favs from tweet.message_with_counters"
      """);

  private static final String TRUTH =
      "select messageid::text as key,"
          + " jsonb_build_object('messageid', messageid, 'rts', rts, 'favs', favs) as value"
          + " from tweet.message_with_counters";

  private final String settings;

  Keeper(String settings) {
    this.settings = settings;
  }

  /** Whether it takes what a message's counters are, and not what was done to it. */
  boolean takesCounters() {
    return this == REDIS;
  }

  /** Its part of the consumer's configuration. */
  String settings(String topic, String name, String statementFile) {
    return settings.formatted(topic, TRUTH, name, statementFile);
  }
}
