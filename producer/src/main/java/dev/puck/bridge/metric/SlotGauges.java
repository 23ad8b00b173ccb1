package dev.puck.bridge.metric;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a replication slot was when it was last looked at; nothing before. Thread-safe. */
final class SlotGauges {
  private static final List<String> STATUSES =
      List.of("reserved", "extended", "unreserved", "lost");

  private volatile double retained = Double.NaN;
  private volatile double safe = Double.NaN;
  private volatile String status = "";

  SlotGauges(MeterRegistry registry) {
    Gauge.builder("puck.bridge.wal.retained.bytes", this, slot -> slot.retained)
        .description("WAL that PostgreSQL keeps for the slot.")
        .register(registry);
    Gauge.builder("puck.bridge.wal.safe.bytes", this, slot -> slot.safe)
        .description("WAL that may be written before the slot is lost; NaN: without limit.")
        .register(registry);
    for (String each : STATUSES) {
      Gauge.builder("puck.bridge.wal.status", this, slot -> slot.status.equals(each) ? 1 : 0)
          .description("1 for the wal_status that PostgreSQL shows of the slot, else 0.")
          .tag("status", each)
          .register(registry);
    }
  }

  Optional<SlotState> state() {
    return status.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SlotState(status, (long) retained, Double.isNaN(safe) ? null : (long) safe));
  }

  void set(long retainedBytes, @Nullable Long safeBytes, String walStatus) {
    retained = retainedBytes;
    safe = safeBytes == null ? Double.NaN : safeBytes;
    status = walStatus;
  }
}
