package dev.puck.lab.process;

import ch.qos.logback.classic.Level;
import dev.puck.bridge.Bridge;
import dev.puck.service.config.ConfigLoader;
import dev.puck.service.logging.Logging;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The main class of a bridge of the lab, which runs until its standard input ends. */
final class BridgeMain {
  private static final Logger LOGGER = LoggerFactory.getLogger(BridgeMain.class);

  private BridgeMain() {}

  /** Takes the configuration file. */
  public static void main(String[] arguments) throws InterruptedException {
    Logging.configure(Logging.Format.TEXT, Level.INFO, /* verbose= */ false);
    BridgeFile file = new ConfigLoader(Map.of()).load(Path.of(arguments[0]), BridgeFile.class);
    ParentLine parent = new ParentLine();
    try (Bridge bridge = Bridge.start(file.bridge(), file.kafka())) {
      parent.tell(BridgeProcess.STARTED + bridge.url());
      answer(parent);
    } catch (RuntimeException e) {
      LOGGER.atError().setCause(e).log("The bridge could not start");
      Runtime.getRuntime().halt(1);
    }
  }

  /** Until it wants an end. */
  private static void answer(ParentLine parent) {
    for (@Nullable String line = parent.next(); line != null; line = parent.next()) {
      if (line.equals(BridgeProcess.COLLECT)) {
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        parent.tell(BridgeProcess.LIVE + used);
      }
    }
  }
}
