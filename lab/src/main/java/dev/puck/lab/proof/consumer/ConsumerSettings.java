package dev.puck.lab.proof.consumer;

import dev.puck.lab.proof.consumer.judge.Layout;
import dev.puck.lab.proof.consumer.process.EventTally;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The configuration of the consumers on trial, and the SQL that belongs to it. */
final class ConsumerSettings {
  private ConsumerSettings() {}

  /**
   * The file, in YAML.
   *
   * @param prefix what the topics' names begin with
   */
  static String of(Layout layout, ConsumerServers servers, String prefix) {
    return """
    kafka:
      bootstrap-servers: %1$s
    consumer:
      name: %2$s
      token-topic: %3$stoken
      http: {port: 0}
      postgres: {url: "%4$s", user: postgres}
      redis: {url: "redis://%5$s:%6$d"}
      caches:
      - {name: account, topics: [%3$sprove.account]}
      - {name: emptied, topics: [%3$sprove.emptied]}
      - {name: shared-account, topics: [%3$sprove.account], store: redis, key-template: "%2$s:{cache}:{key}"}
      - {name: shared-emptied, topics: [%3$sprove.emptied], store: redis, key-template: "%2$s:{cache}:{key}"}
      reducers:
      - {name: tally, topics: [%3$sprove.account], reducer: "%7$s"}
      summaries:
      - name: totals
        topics: [%3$sprove.account]
        target: public.totals
        statement: |
    """
            .formatted(
                servers.kafka().bootstrapServers(),
                layout.name(),
                prefix,
                servers.database().url(layout.name()),
                servers.redis().host(),
                servers.redis().port(),
                EventTally.class.getName())
        + sql("totals.sql").indent(6);
  }

  /** A file beside this class. */
  static String sql(String name) {
    try (InputStream in =
        Objects.requireNonNull(ConsumerSettings.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
