package dev.puck.lab.bench.consumer;

import ch.qos.logback.classic.Level;
import dev.puck.consumer.Projector;
import dev.puck.consumer.projection.ProjectionStatus;
import dev.puck.lab.process.ConsumerFile;
import dev.puck.lab.process.ParentLine;
import dev.puck.service.config.ConfigLoader;
import dev.puck.service.logging.Logging;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The main class of a consumer of the bench, which runs until its standard input ends. */
final class ConsumerMain {
  static final String STARTED = "started ";
  static final String FILLED = "filled ";

  private static final Logger LOGGER = LoggerFactory.getLogger(ConsumerMain.class);

  private final ParentLine parent = new ParentLine();

  private ConsumerMain() {}

  /** Takes the configuration file. */
  public static void main(String[] arguments) throws InterruptedException {
    Logging.configure(Logging.Format.TEXT, Level.INFO, /* verbose= */ false);
    try {
      new ConsumerMain().run(arguments[0]);
    } catch (RuntimeException e) {
      LOGGER.atError().setCause(e).log("The consumer could not go on");
      Runtime.getRuntime().halt(1);
    }
  }

  /**
   * One consumer after the other, each from the file that the parent names, until it wants none.
   */
  private void run(String first) throws InterruptedException {
    @Nullable String config = first;
    while (config != null) {
      ConsumerFile file = new ConfigLoader(Map.of()).load(Path.of(config), ConsumerFile.class);
      long begin = System.nanoTime();
      try (Projector projector = Projector.start(file.consumer(), file.kafka())) {
        parent.tell(STARTED + projector.url());
        parent.tell(FILLED + fill(projector, begin).line());
        config = parent.next();
      }
    }
  }

  /** Looks at its only projection every millisecond until it serves. */
  private static Filling fill(Projector projector, long begin) throws InterruptedException {
    long firstEvents = 0;
    long firstNanos = 0;
    while (true) {
      ProjectionStatus status = projector.status().projections().get(0);
      long nanos = System.nanoTime() - begin;
      if (firstEvents == 0) {
        firstEvents = status.events();
        firstNanos = nanos;
      }
      if (status.state().equals("serving")) {
        return new Filling(status.events(), firstEvents, firstNanos, nanos);
      }
      if (status.error() != null) {
        throw new IllegalStateException("The projection is " + status);
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
