package dev.puck.bridge;

import dev.puck.bridge.changeover.SwitchProgress;
import dev.puck.bridge.changeover.SwitchStep;
import dev.puck.bridge.config.SourceType;
import dev.puck.service.connection.PostgresConfig;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Runs switches, and keeps what they say, each sentence once. Any thread may read it. */
final class SwitchLog {
  private final BridgeSetup setup;
  private final List<String> said = new CopyOnWriteArrayList<>();

  SwitchLog(BridgeSetup setup) {
    this.setup = setup;
  }

  List<String> said() {
    return said;
  }

  void switchTo(SourceType to) throws InterruptedException {
    switchTo(to, step -> {});
  }

  /**
   * Moves the bridge.
   *
   * @param passed hears of each step, and may end it there
   */
  void switchTo(SourceType to, Consumer<SwitchStep> passed) throws InterruptedException {
    run(to, setup.config().postgres(), false, passed);
  }

  /** Moves the bridge as {@code owner}. */
  void run(SourceType to, PostgresConfig owner, boolean full, Consumer<SwitchStep> passed)
      throws InterruptedException {
    new SourceSwitch(setup.config(), setup.kafka(), owner, progress(passed)).run(to, full);
  }

  private SwitchProgress progress(Consumer<SwitchStep> passed) {
    return new SwitchProgress() {
      @Override
      public void passed(SwitchStep step) {
        said.add(step.toString());
        passed.accept(step);
      }

      @Override
      public void said(String what) {
        said.add(what);
      }

      @Override
      public void waiting(String what) {
        if (!said.contains(what)) {
          said.add(what);
        }
      }
    };
  }
}
