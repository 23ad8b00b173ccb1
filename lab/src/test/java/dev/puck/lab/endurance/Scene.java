package dev.puck.lab.endurance;

import dev.puck.bridge.config.Delivery;
import dev.puck.lab.bench.stage.BridgeSettings;
import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Patience;
import dev.puck.lab.bench.stage.Source;
import dev.puck.lab.bench.stage.Stage;
import dev.puck.lab.process.BridgeProcess;
import dev.puck.service.retry.TransientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A watched table in a database of its own, its bridge in a small JVM, and who reads along. Used by
 * one thread.
 */
final class Scene implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long ASK_AGAIN_MS = 50;

  private final Stage stage;
  private final BridgeSettings settings;
  private final Ledger ledger;
  private final Witness witness;
  private @Nullable BridgeProcess bridge;

  private Scene(Stage stage, BridgeSettings settings, Ledger ledger, Witness witness) {
    this.stage = stage;
    this.settings = settings;
    this.ledger = ledger;
    this.witness = witness;
  }

  /**
   * Sets it, with a bridge that relays already.
   *
   * @param name of the bridge; no two scenes of a stage have the same
   * @param rotationInterval of the bridge
   */
  static Scene set(Stage stage, String name, String rotationInterval)
      throws SQLException, InterruptedException {
    Database database = stage.database(name.replace('-', '_'));
    Ledger ledger = Ledger.create(database);
    BridgeSettings settings =
        new BridgeSettings(
            name,
            database,
            Source.OUTBOX,
            Delivery.EXACTLY_ONCE,
            rotationInterval,
            /* startingState= */ false);
    String topic = settings.prefix() + Ledger.TABLE;
    stage.topics().create(topic);
    Witness witness = Witness.start(stage.bootstrapServers(), topic);
    Scene scene = new Scene(stage, settings, ledger, witness);
    try {
      scene.startBridge();
      return scene;
    } catch (RuntimeException | InterruptedException e) {
      scene.close();
      throw e;
    }
  }

  Ledger ledger() {
    return ledger;
  }

  Witness witness() {
    return witness;
  }

  /** The one that was started last. */
  BridgeProcess bridge() {
    if (bridge == null) {
      throw new IllegalStateException("There is no bridge; call startBridge() first");
    }
    return bridge;
  }

  /** Starts another process of the same bridge, and returns when it relays. */
  void startBridge() throws InterruptedException {
    bridge = stage.bridge(settings);
  }

  /**
   * Waits until so many changes came, and fails if the bridge ends meanwhile.
   *
   * @throws TransientException if they do not come for minutes
   */
  void awaitChanges(long count) throws InterruptedException {
    Patience.until(
        "all %,d changes came".formatted(count),
        PATIENCE,
        ASK_AGAIN_MS,
        () -> {
          bridge().status();
          return witness.audit().changes() >= count;
        });
  }

  /**
   * Waits until all that was written has come, ends the bridge, and reads what there is.
   *
   * @return what is wrong with it; empty if each change came once and in order
   */
  List<String> finish() throws SQLException, InterruptedException {
    Map<Long, Long> versions = ledger.versions();
    awaitChanges(versions.values().stream().mapToLong(Long::longValue).sum());
    bridge().close();
    witness.finish();
    return witness.audit().problems(versions);
  }

  /** Ends the bridge and whoever reads along, and keeps what bridges logged in {@code target}. */
  @Override
  public void close() {
    if (bridge != null) {
      bridge.close();
    }
    witness.close();
    try {
      Files.copy(
          stage.logFile(),
          Path.of("target", "endurance-" + settings.name() + ".log"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      System.out.println("The bridge's log is lost: " + e);
    }
  }
}
