package dev.puck.event;

/** The names of the headers that Puck sets; their values are UTF-8 text. */
public final class EventHeaders {
  /** What the record is: {@link EventKind#text()}. On every record. */
  public static final String KIND = "puck.kind";

  /** The bridge that published it. On every record. */
  public static final String BRIDGE = "puck.bridge";

  /**
   * The change's own stable identity: the key to deduplicate by, where delivery is at least once. A
   * control event has the same in every partition. On every record.
   */
  public static final String ID = "puck.id";

  /** The order of publishing: {@link EventPosition#text()}. On every record. */
  public static final String POSITION = "puck.position";

  /** The 64-bit transaction id, where the source knows it. */
  public static final String XID = "puck.xid";

  /** When the change happened, in microseconds since 1970; by {@code NOTIFY}: when it arrived. */
  public static final String AT = "puck.at";

  /**
   * A time before which the change was not committed, in microseconds since 1970, where the source
   * knows one. Staleness is measured from it; without it from {@link #AT}.
   */
  public static final String COMMITTED = "puck.committed";

  /** On a dead letter: why it is one, in words for a person. */
  public static final String DEAD_LETTER_REASON = "puck.dead-letter.reason";

  /** On a dead letter: the topic that the event was meant for, or came from. */
  public static final String DEAD_LETTER_TOPIC = "puck.dead-letter.topic";

  /** On a dead letter of the bridge: the channel that the message came from. */
  public static final String DEAD_LETTER_CHANNEL = "puck.dead-letter.channel";

  /** On a dead letter of a consumer: the partition that the event came from. */
  public static final String DEAD_LETTER_PARTITION = "puck.dead-letter.partition";

  /** On a dead letter of a consumer: the offset of the event in its partition. */
  public static final String DEAD_LETTER_OFFSET = "puck.dead-letter.offset";

  /** On a dead letter of a consumer: the projection that could not apply the event. */
  public static final String DEAD_LETTER_PROJECTION = "puck.dead-letter.projection";

  /** On a dead letter of a consumer: the consumer whose projection that is. */
  public static final String DEAD_LETTER_CONSUMER = "puck.dead-letter.consumer";

  /** On a dead letter of a consumer: the time of the event's record, in ms since 1970. */
  public static final String DEAD_LETTER_TIMESTAMP = "puck.dead-letter.timestamp";

  /** On a dead letter of a consumer: the class of the error. */
  public static final String DEAD_LETTER_ERROR = "puck.dead-letter.error";

  /** On a dead letter of a consumer: PostgreSQL's SQLSTATE, where it refused the event. */
  public static final String DEAD_LETTER_SQLSTATE = "puck.dead-letter.sqlstate";

  /** On a dead letter of a consumer: when it became one, in microseconds since 1970. */
  public static final String DEAD_LETTER_AT = "puck.dead-letter.at";

  /** On a dead letter of a consumer: the version of Puck that could not apply the event. */
  public static final String DEAD_LETTER_VERSION = "puck.dead-letter.version";

  /**
   * On a record among dead letters that is none itself: the one of which it tells that it was
   * published, or applied, after all, as {@code TOPIC/PARTITION@OFFSET}.
   */
  public static final String DEAD_LETTER_REPLAYED = "puck.dead-letter.replayed";

  private EventHeaders() {}
}
