package dev.puck.lab.proof.bridge;

import dev.puck.lab.proof.sabotage.Sabotage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bridges of one trial: all of one name, so that one leads and the others stand by. Used by one
 * thread.
 */
public final class BridgeFleet implements AutoCloseable {
  private static final int REFUSED = 2;

  private final Path config;
  private final Sabotage sabotage;
  private final Path log;
  private final List<BridgeProcess> running = new ArrayList<>();
  private final Set<BridgeProcess> doomed = new HashSet<>();
  private int wanted = 1;
  private int unexpectedEnds;

  /**
   * None run before {@link #keep}.
   *
   * @param config the configuration file of all
   * @param sabotage what all do wrong
   * @param log where all log
   */
  public BridgeFleet(Path config, Sabotage sabotage, Path log) {
    this.config = config;
    this.sabotage = sabotage;
    this.log = log;
  }

  /** From now on so many shall run: kills those that stand by, or starts others. */
  public void keep(int count) throws InterruptedException {
    wanted = count;
    bury();
    while (running.size() > wanted) {
      BridgeProcess standby =
          running.stream().min(Comparator.comparingLong(BridgeProcess::ledAt)).orElseThrow();
      kill(standby);
    }
    restore();
  }

  /** Starts others for those that have ended. */
  public void restore() {
    bury();
    while (running.size() < wanted) {
      running.add(BridgeProcess.start(config, sabotage, log));
    }
  }

  /** The one that said last that it leads; empty if none did that runs. */
  public Optional<BridgeProcess> leader() {
    bury();
    return running.stream()
        .filter(bridge -> bridge.ledAt() != 0)
        .max(Comparator.comparingLong(BridgeProcess::ledAt));
  }

  /** Whether as many as shall run have come up. */
  public boolean isComplete() {
    bury();
    return running.size() == wanted && running.stream().allMatch(BridgeProcess::isStarted);
  }

  /** SIGKILL. */
  public void kill(BridgeProcess bridge) throws InterruptedException {
    doomed.add(bridge);
    bridge.kill();
    bury();
  }

  /** Whether one that is started now refuses to work within so long; ends it in any case. */
  public boolean isRefused(Duration atMost) throws InterruptedException {
    try (BridgeProcess bridge = BridgeProcess.start(config, sabotage, log)) {
      return bridge.awaitEnd(atMost) && bridge.exitCode() == REFUSED;
    }
  }

  /** It may end now, and that is no surprise. */
  public void expectEndOf(BridgeProcess bridge) {
    doomed.add(bridge);
  }

  /** How many ended though nobody had killed them. */
  public int unexpectedEnds() {
    return unexpectedEnds;
  }

  @Override
  public void close() {
    running.forEach(BridgeProcess::close);
    running.clear();
  }

  private void bury() {
    for (BridgeProcess bridge : List.copyOf(running)) {
      if (!bridge.isRunning()) {
        running.remove(bridge);
        if (!doomed.remove(bridge) && !bridge.halted()) {
          unexpectedEnds++;
          requireNotRefused(bridge);
        }
      }
    }
  }

  private void requireNotRefused(BridgeProcess bridge) {
    if (bridge.exitCode() == REFUSED) {
      throw new IllegalStateException("A bridge refused to work; its log ends with:\n" + logEnd());
    }
  }

  private String logEnd() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
