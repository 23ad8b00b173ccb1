package dev.puck.bridge.config;

import dev.puck.service.config.Problems;
import dev.puck.service.config.Setting;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code wal} of a bridge.
 *
 * @param slot null: {@code puck_} and the bridge's name
 */
public record WalConfig(
    @Setting(
            "The logical replication slot; without it `puck_` and the bridge's name, in lower case"
                + " and with underscores for what a slot's name cannot have.")
        @Nullable String slot,
    @Setting(value = "The publication whose tables are relayed.", defaultValue = "puck")
        String publication,
    @Setting(
            value =
                "When the slot is missing, invalidated or ahead of the checkpoint, so that changes"
                    + " are lost: `stop` until an operator decides, or `resync`: publish a gap and go"
                    + " on with a new slot.",
            defaultValue = "stop")
        OnGap onGap,
    @Setting(
            value =
                "Whether a failover of PostgreSQL loses nothing (synchronous replication and a slot"
                    + " that fails over); else a new timeline stops the bridge until an operator"
                    + " adopts it.",
            defaultValue = "false")
        boolean losslessFailover,
    @Setting(
            value =
                "Whether the rows that a published table has already are relayed, too, when the"
                    + " bridge first sees it.",
            defaultValue = "true")
        boolean startingState,
    @Setting(
            value =
                "Whether messages are relayed, too, that were emitted outside of their transaction"
                    + " (`pg_logical_emit_message(false, 'puck:CHANNEL', frame)`): at once, and also"
                    + " where it is rolled back.",
            defaultValue = "false")
        boolean nonTransactionalMessages) {
  private static final Pattern SLOT = Pattern.compile("[a-z0-9_]{1,63}");
  private static final Pattern INVALID = Pattern.compile("[^a-z0-9_]");
  private static final int MAX_NAME = 63;

  public WalConfig {
    new Problems()
        .matches("slot", slot, SLOT, "1 to 63 lower case letters, digits and underscores")
        .notBlank("publication", publication)
        .bytesAtMost("publication", publication, MAX_NAME, "PostgreSQL")
        .throwIfAny();
  }

  /** As the file has it where it says nothing. */
  public static WalConfig byDefault() {
    return new WalConfig(null, "puck", OnGap.STOP, false, true, false);
  }

  /** The slot of the bridge of that name. */
  public String slotOf(String bridge) {
    if (slot != null) {
      return slot;
    }
    String name = "puck_" + INVALID.matcher(bridge.toLowerCase(Locale.ROOT)).replaceAll("_");
    return name.substring(0, Math.min(MAX_NAME, name.length()));
  }
}
