package dev.puck.consumer.job;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that no job can be looked for, and once that it can again. Thread-safe. */
final class Absence extends AbstractSchedulerListener {
  private static final Logger LOGGER = LoggerFactory.getLogger(Absence.class);

  private final String address;
  private final AtomicBoolean absent = new AtomicBoolean();

  /**
   * @param address the database's
   */
  Absence(String address) {
    this.address = address;
  }

  @Override
  public void onSchedulerEvent(SchedulerEventType type) {
    if (type == SchedulerEventType.UNEXPECTED_ERROR && absent.compareAndSet(false, true)) {
      LOGGER
          .atWarn()
          .addKeyValue("database", address)
          .log("Jobs cannot be looked for; trying again every second or so");
    } else if (type == SchedulerEventType.RAN_EXECUTE_DUE && absent.compareAndSet(true, false)) {
      LOGGER.atInfo().addKeyValue("database", address).log("Jobs are looked for again");
    }
  }
}
