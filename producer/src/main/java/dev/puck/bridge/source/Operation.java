package dev.puck.bridge.source;

/** What happened to a row. */
public enum Operation {
  CREATE("c"),
  UPDATE("u"),
  DELETE("d"),
  /** The row was there already: a part of the starting state. */
  READ("r");

  private final String code;

  Operation(String code) {
    this.code = code;
  }

  /** The letter of the Debezium envelope. */
  public String code() {
    return code;
  }
}
