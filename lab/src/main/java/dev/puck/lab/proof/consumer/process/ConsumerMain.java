package dev.puck.lab.proof.consumer.process;

import ch.qos.logback.classic.Level;
import dev.puck.consumer.Projector;
import dev.puck.lab.process.ConsumerFile;
import dev.puck.lab.process.ParentLine;
import dev.puck.service.config.ConfigLoader;
import dev.puck.service.logging.Logging;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main class of a consumer on trial. Listens on standard input: {@code trap …} sets one, {@code
 * clear} takes it away, {@code go} releases what is held, and its end, with the parent's, ends this
 * process.
 */
final class ConsumerMain {
  private static final Logger LOGGER = LoggerFactory.getLogger(ConsumerMain.class);
  private static final int FAILED = 1;

  private ConsumerMain() {}

  /** Takes the configuration file and the name of a {@link ConsumerSabotage}. */
  public static void main(String[] arguments) {
    Logging.configure(Logging.Format.TEXT, Level.INFO, /* verbose= */ false);
    ParentLine parent = new ParentLine();
    Traps traps = new Traps(parent);
    ConsumerFile file = new ConfigLoader(Map.of()).load(Path.of(arguments[0]), ConsumerFile.class);
    try {
      Projector projector =
          Projector.start(
              file.consumer(), file.kafka(), ConsumerSabotage.valueOf(arguments[1]).hooks(traps));
      parent.tell(ConsumerProcess.STARTED + projector.url());
      obey(parent, traps);
    } catch (RuntimeException e) {
      LOGGER.atError().setCause(e).log("The consumer could not start");
    }
    Runtime.getRuntime().halt(FAILED);
  }

  private static void obey(ParentLine parent, Traps traps) {
    for (@Nullable String line = parent.next(); line != null; line = parent.next()) {
      if (line.equals(ConsumerProcess.GO)) {
        traps.release();
      } else if (line.equals(ConsumerProcess.CLEAR)) {
        traps.clear();
      } else if (line.startsWith(ConsumerProcess.TRAP)) {
        traps.set(Trap.parse(line.substring(ConsumerProcess.TRAP.length())));
      }
    }
  }
}
