package dev.puck.service.metric;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * The processor time of this process, in the base unit and under the name that Prometheus' own
 * clients use; Micrometer's counts nanoseconds.
 */
final class ProcessorTime implements MeterBinder {
  private static final double NANOS_IN_A_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** To be set before Micrometer's own binder is bound, whose names break Prometheus' rules. */
  static MeterFilter withoutMicrometers() {
    return MeterFilter.deny(
        id -> id.getName().equals("process.cpu.time") || id.getName().equals("system.cpu.count"));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    FunctionCounter.builder(
            "process.cpu", system, bean -> bean.getProcessCpuTime() / NANOS_IN_A_SECOND)
        .baseUnit("seconds")
        .description("Processor time that this process has used.")
        .register(registry);
  }
}
