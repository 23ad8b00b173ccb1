package dev.puck.lab.process;

import ch.qos.logback.classic.Level;
import dev.puck.bridge.Bridge;
import dev.puck.service.config.ConfigLoader;
import dev.puck.service.logging.Logging;
import java.nio.file.Path;
import java.util.Map;
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
      parent.awaitEnd();
    } catch (RuntimeException e) {
      LOGGER.atError().setCause(e).log("The bridge could not start");
      Runtime.getRuntime().halt(1);
    }
  }
}
