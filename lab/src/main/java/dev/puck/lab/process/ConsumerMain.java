package dev.puck.lab.process;

import ch.qos.logback.classic.Level;
import dev.puck.consumer.Projector;
import dev.puck.service.config.ConfigLoader;
import dev.puck.service.logging.Logging;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The main class of a consumer of the lab, which runs until its standard input ends. */
final class ConsumerMain {
  private static final Logger LOGGER = LoggerFactory.getLogger(ConsumerMain.class);

  private ConsumerMain() {}

  /** Takes the configuration file. */
  public static void main(String[] arguments) {
    Logging.configure(Logging.Format.TEXT, Level.INFO, /* verbose= */ false);
    ParentLine parent = new ParentLine();
    try {
      ConsumerFile file =
          new ConfigLoader(Map.of()).load(Path.of(arguments[0]), ConsumerFile.class);
      try (Projector projector = Projector.start(file.consumer(), file.kafka())) {
        parent.tell(ConsumerProcess.STARTED + projector.url());
        parent.awaitEnd();
      }
    } catch (RuntimeException e) {
      LOGGER
          .atError()
          .addKeyValue("error", e.toString())
          .setCause(e)
          .log("The consumer could not start");
      Runtime.getRuntime().halt(1);
    }
  }
}
