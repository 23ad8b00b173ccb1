package dev.puck.bridge.deadletter;

import dev.puck.bridge.publisher.DeadLetterStore;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.service.connection.Postgres;

/** Stub. */
public final class DeadLetterTable implements DeadLetterStore {
  public DeadLetterTable(Postgres postgres) {}

  @Override
  public void keep(OutgoingEvent event, String reason) {}

  @Override
  public void close() {}
}
