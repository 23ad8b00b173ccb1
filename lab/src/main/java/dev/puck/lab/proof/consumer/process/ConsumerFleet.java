package dev.puck.lab.proof.consumer.process;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The consumers of one trial, which share their work: as many at any time, each in the place of one
 * that has ended. Used by one thread, but for {@link #url}.
 */
public final class ConsumerFleet implements AutoCloseable {
  private final Path config;
  private final ConsumerSabotage sabotage;
  private final Path directory;
  private final List<ConsumerProcess> running;
  private int unexpectedEnds;

  /**
   * Starts them; returns at once.
   *
   * @param config the configuration file of all
   * @param sabotage what all do wrong
   * @param directory where they log, each place to a file of its own
   */
  public ConsumerFleet(Path config, ConsumerSabotage sabotage, Path directory, int size) {
    this.config = config;
    this.sabotage = sabotage;
    this.directory = directory;
    this.running =
        new CopyOnWriteArrayList<>(IntStream.range(0, size).mapToObj(this::start).toList());
  }

  public int size() {
    return running.size();
  }

  /** The one in that place. */
  public ConsumerProcess at(int place) {
    return running.get(place);
  }

  /** Where the one in that place answers; null while it does not. For all threads. */
  public @Nullable String url(int place) {
    return running.get(place).url();
  }

  /** Starts others for those that have ended. */
  public void restore() {
    for (int place = 0; place < running.size(); place++) {
      ConsumerProcess consumer = running.get(place);
      if (!consumer.isRunning()) {
        unexpectedEnds += consumer.endedByItself() ? 1 : 0;
        running.set(place, start(place));
      }
    }
  }

  /** Whether all have come up. */
  public boolean isStarted() {
    return running.stream().allMatch(each -> each.isRunning() && each.isStarted());
  }

  /** Sets a trap in all; several may pass the point before it is taken away again. */
  public void set(Trap trap) {
    running.forEach(each -> each.set(trap));
  }

  /** Takes away traps that have not sprung. */
  public void clear() {
    running.forEach(ConsumerProcess::clear);
  }

  /** The place of one that has ended; -1 if all run. */
  public int ended() {
    return place(each -> !each.isRunning());
  }

  /** The place of one of which a projection is held; -1 if there is none. */
  public int held() {
    return place(ConsumerProcess::isHeld);
  }

  private int place(Predicate<ConsumerProcess> wanted) {
    for (int place = 0; place < running.size(); place++) {
      if (wanted.test(at(place))) {
        return place;
      }
    }
    return -1;
  }

  /** SIGKILL. */
  public void kill(int place) throws InterruptedException {
    at(place).kill();
  }

  /** How many ended by themselves after they had come up. */
  public int unexpectedEnds() {
    return unexpectedEnds;
  }

  /** Kills all. */
  @Override
  public void close() {
    for (ConsumerProcess each : running) {
      try {
        each.kill();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private ConsumerProcess start(int place) {
    return ConsumerProcess.start(config, sabotage, directory.resolve("consumer-" + place + ".log"));
  }
}
