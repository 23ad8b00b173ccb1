package dev.puck.peers.debezium;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** How the engine is set: what was fastest of all that was tried. */
record EngineSettings(String port, String database, String user, String publication, Path offsets) {
  /** For that slot. */
  Properties of(String slot) {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "connector.class",
            "io.debezium.connector.postgresql.PostgresConnector",
            "plugin.name",
            "pgoutput",
            "slot.name",
            slot,
            "publication.name",
            publication,
            "publication.autocreate.mode",
            "disabled",
            "snapshot.mode",
            "no_data"));
    properties.setProperty("name", slot);
    properties.setProperty("topic.prefix", slot);
    properties.setProperty("database.hostname", "127.0.0.1");
    properties.setProperty("database.port", port);
    properties.setProperty("database.dbname", database);
    properties.setProperty("database.user", user);
    properties.setProperty("database.password", "postgres");
    properties.setProperty("poll.interval.ms", "1");
    properties.setProperty("max.batch.size", "8192");
    properties.setProperty("max.queue.size", "32768");
    properties.setProperty("record.processing.order", "ORDERED");
    properties.setProperty("statistics.metrics.enabled", "false");
    // As in what it is compared with: numerics as texts, and no schemas.
    properties.setProperty("decimal.handling.mode", "string");
    properties.setProperty("key.converter.schemas.enable", "false");
    properties.setProperty("value.converter.schemas.enable", "false");
    properties.setProperty(
        "offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore");
    properties.setProperty(
        "offset.storage.file.filename", offsets.resolve(slot + ".offsets").toString());
    properties.setProperty("offset.flush.interval.ms", "1000");
    return properties;
  }
}
