package dev.puck.bridge.type;

import java.util.List;

/** The settings that values are written under, wherever they come from. */
public final class OutputSettings {
  /**
   * What a replication session runs before it starts. The driver sets some of these itself when it
   * connects, and these win over the option {@code options}: so they must come afterwards. The
   * outbox's functions have the same fixed (see {@code sql/puck/08_define_capture.sql}).
   */
  public static final List<String> STATEMENTS =
      List.of(
          "set bytea_output = 'hex'",
          "set datestyle = 'ISO, YMD'",
          "set extra_float_digits = 1",
          "set intervalstyle = 'iso_8601'",
          "set lc_monetary = 'C'",
          "set timezone = 'UTC'",
          "set search_path = pg_catalog, pg_temp");

  private OutputSettings() {}
}
