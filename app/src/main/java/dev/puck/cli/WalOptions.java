package dev.puck.cli;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.OnGap;
import dev.puck.bridge.config.WalConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What {@code puck init --source wal} makes: as the bridge's configuration names it, or as told.
 */
final class WalOptions {
  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description =
          "With --source wal: a table to publish, as SCHEMA.TABLE, spelled as in SQL. May be given"
              + " several times, and later for more.")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--full",
      description =
          "With --source wal: identify the rows of tables without a primary key by all their columns"
              + " (REPLICA IDENTITY FULL), instead of refusing them.")
  private boolean full;

  @Option(
      names = "--slot",
      paramLabel = "NAME",
      description = "With --source wal: the slot, instead of the configuration's.")
  private @Nullable String slot;

  @Option(
      names = "--publication",
      paramLabel = "NAME",
      description = "With --source wal: the publication, instead of the configuration's.")
  private @Nullable String publication;

  List<String> tables() {
    return tables;
  }

  boolean full() {
    return full;
  }

  /** Whether any was given. */
  boolean given() {
    return full || !tables.isEmpty() || slot != null || publication != null;
  }

  /**
   * What is named on the command line, and else by the bridge.
   *
   * @param bridge null: there is no configuration to look into
   * @throws dev.puck.service.config.ConfigException if it cannot be a name
   */
  WalConfig names(@Nullable BridgeConfig bridge) {
    WalConfig base = bridge == null ? WalConfig.byDefault() : bridge.wal();
    String name = bridge == null ? "puck" : bridge.name();
    return new WalConfig(
        slot == null ? base.slotOf(name) : slot,
        publication == null ? base.publication() : publication,
        OnGap.STOP,
        false,
        true,
        false);
  }
}
