package dev.puck.embedded;

import java.util.LinkedHashMap;
import java.util.Map;

/** What we set on PostgreSQL's command line. */
final class PostgresSettings {
  private PostgresSettings() {}

  /** Our defaults, overlaid with the settings given. */
  static Map<String, String> of(ServerConfig config) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("listen_addresses", Loopback.HOST);
    settings.put("unix_socket_directories", "");
    settings.put("wal_level", "logical");
    settings.put("max_wal_senders", "20");
    settings.put("max_replication_slots", "20");
    settings.put("max_connections", "200");
    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");
    settings.put("log_line_prefix", "%m [%p] %q%u@%d %a ");
    if (!config.durable()) {
      // A killed server loses nothing by these: the kernel still has its pages.
      settings.put("fsync", "off");
      settings.put("full_page_writes", "off");
    }
    return config.settingsOver(settings);
  }
}
