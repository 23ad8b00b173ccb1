package dev.puck.lab.bench.consumer;

import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How a consumer of the bench is set, with one projection; all else is as by default.
 *
 * @param name its name, which no other one has
 * @param kafka properties of Kafka's clients, in YAML
 * @param projection the projection and where it is kept, in YAML
 */
record ConsumerSettings(String name, String kafka, String projection) {
  /** A cache in memory. */
  static ConsumerSettings memory(String name, List<String> topics) {
    return new ConsumerSettings(
        name, "{}", "  caches:\n    - {name: sale, topics: " + topics + "}\n");
  }

  /** A cache in the stage's Redis. */
  static ConsumerSettings redis(String name, String topic, Stage stage) {
    return new ConsumerSettings(
        name,
        "{}",
        """
          redis: {url: "redis://127.0.0.1:%d/0"}
          caches:
            - {name: sale, topics: [%s], store: redis}
        """
            .formatted(stage.redis().port(), topic));
  }

  /** A summary in that table. */
  static ConsumerSettings summary(String name, String topic, Database database, String target) {
    return new ConsumerSettings(
        name,
        "{}",
        """
          postgres: {url: "%s", user: postgres}
          summaries:
            - name: sales
              topics: [%s]
              target: %s
              statement: |
        """
                .formatted(database.postgres().url(database.name()), topic, target)
            + Totals.STATEMENT.indent(8));
  }

  /** The same, which applies each event by itself. */
  ConsumerSettings oneByOne() {
    return new ConsumerSettings(name, "{max.poll.records: \"1\"}", projection);
  }

  /** Writes its configuration file. */
  Path write(Stage stage) {
    String text =
        """
        kafka:
          bootstrap-servers: %s
          properties: %s
        consumer:
          name: %s
        %s  http: {port: 0}
        """
            .formatted(stage.bootstrapServers(), kafka, name, projection);
    try {
      return Files.writeString(stage.directory().resolve(name + ".yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
