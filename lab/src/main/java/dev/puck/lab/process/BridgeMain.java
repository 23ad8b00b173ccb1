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

  private final ParentLine parent = new ParentLine();

  private BridgeMain() {}

  /** Takes the configuration file. */
  public static void main(String[] arguments) throws InterruptedException {
    Logging.configure(Logging.Format.TEXT, Level.INFO, /* verbose= */ false);
    try {
      new BridgeMain().run(arguments[0]);
    } catch (RuntimeException e) {
      LOGGER
          .atError()
          .addKeyValue("error", e.toString())
          .setCause(e)
          .log("The bridge could not start");
      Runtime.getRuntime().halt(1);
    }
  }

  /** One bridge after the other, until no more is wanted. */
  private void run(String first) throws InterruptedException {
    @Nullable String config = first;
    while (config != null) {
      BridgeFile file = new ConfigLoader(Map.of()).load(Path.of(config), BridgeFile.class);
      try (Bridge bridge = Bridge.start(file.bridge(), file.kafka())) {
        parent.tell(BridgeProcess.STARTED + bridge.url());
        config = answer();
      }
    }
  }

  /** Until it wants another bridge, of whose configuration file this is the path, or an end. */
  private @Nullable String answer() {
    for (@Nullable String line = parent.next(); line != null; line = parent.next()) {
      if (line.equals(BridgeProcess.COLLECT)) {
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        parent.tell(BridgeProcess.LIVE + used);
      } else if (line.startsWith(BridgeProcess.CHANGE)) {
        return line.substring(BridgeProcess.CHANGE.length());
      }
    }
    return null;
  }
}
