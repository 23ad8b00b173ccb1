package dev.puck.bridge.source;

/** A table, by its names as the catalog spells them. */
public record Relation(String schema, String table) {
  /** The name that routes and topics use. */
  public String name() {
    return schema + '.' + table;
  }
}
