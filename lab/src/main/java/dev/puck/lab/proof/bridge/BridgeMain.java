package dev.puck.lab.proof.bridge;

import ch.qos.logback.classic.Level;
import dev.puck.bridge.Bridge;
import dev.puck.bridge.BridgeHooks;
import dev.puck.bridge.milestone.Milestone;
import dev.puck.lab.process.BridgeFile;
import dev.puck.lab.proof.sabotage.Sabotage;
import dev.puck.service.config.ConfigException;
import dev.puck.service.config.ConfigLoader;
import dev.puck.service.logging.Logging;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main class of a bridge on trial. Listens on standard input: {@code arm MILESTONE PASSES} sets
 * a trap, and its end, with the parent's, ends this process. Says on standard output what the
 * parent must know, and logs to standard error.
 */
public final class BridgeMain {
  private static final Logger LOGGER = LoggerFactory.getLogger(BridgeMain.class);

  /** Something was away at the start. */
  private static final int FAILED = 1;

  /** The configuration must change, or an operator decide. */
  private static final int REFUSED = 2;

  private BridgeMain() {}

  /** Takes the configuration file and the name of a {@link Sabotage}. */
  public static void main(String[] arguments) throws InterruptedException {
    Logging.configure(Logging.Format.TEXT, Level.INFO, /* verbose= */ true);
    PrintStream parent = new PrintStream(System.out, /* autoFlush= */ true, StandardCharsets.UTF_8);
    Armed armed = new Armed(parent);
    Thread commands = new Thread(() -> obey(armed), "proof-commands");
    commands.setDaemon(true);
    commands.start();
    BridgeFile file = new ConfigLoader(Map.of()).load(Path.of(arguments[0]), BridgeFile.class);
    BridgeHooks hooks = Sabotage.valueOf(arguments[1]).hooks(armed);
    try {
      Bridge bridge = Bridge.start(file.bridge(), file.kafka(), hooks);
      parent.println(BridgeProcess.STARTED + bridge.url());
      commands.join(); // which never ends before this process
    } catch (ConfigException e) {
      LOGGER.atError().setCause(e).log("The bridge refused to start");
      Runtime.getRuntime().halt(REFUSED);
    } catch (RuntimeException e) {
      LOGGER.atError().setCause(e).log("The bridge could not start");
      Runtime.getRuntime().halt(FAILED);
    }
  }

  private static void obey(Armed armed) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", -1);
        armed.arm(Milestone.valueOf(words[1]), Integer.parseInt(words[2]));
      }
    } catch (IOException e) {
      LOGGER.atWarn().setCause(e).log("The parent is gone");
    }
    Runtime.getRuntime().halt(FAILED);
  }
}
