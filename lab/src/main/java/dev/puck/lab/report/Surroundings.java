package dev.puck.lab.report;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * What else the machine did just before a run.
 *
 * @param load how many processes wanted to run in the minute before; negative where that is unknown
 * @param busy the share of all processors that others used; negative where that is unknown
 */
public record Surroundings(double load, double busy) {
  /** Looks for a second. The load alone would also tell of what has ended, such as our build. */
  public static Surroundings look() throws InterruptedException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    double unused = system.getCpuLoad();
    TimeUnit.SECONDS.sleep(1);
    return new Surroundings(system.getSystemLoadAverage(), system.getCpuLoad());
  }
}
