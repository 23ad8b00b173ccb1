package dev.puck.bridge.relay;

import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.Utf8;
import org.jspecify.annotations.Nullable;

/** Debezium's envelope without schema. */
record EnvelopeEncoding(RowEnvelope envelope) implements RowEncoding {
  @Override
  public byte[] value(
      RowChange change,
      String op,
      @Nullable Utf8 before,
      @Nullable Utf8 after,
      @Nullable TransactionOrder order) {
    return envelope.of(change.relation(), op, before, after, change.at(), change.origin(), order);
  }
}
