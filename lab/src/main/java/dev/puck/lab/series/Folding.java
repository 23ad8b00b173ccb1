package dev.puck.lab.series;

import dev.puck.lab.bench.stage.Reading;
import dev.puck.lab.strategy.Site;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Equal notifications of one transaction: what a session that listens hears of them, and what comes
 * to Kafka from the outbox. Used by one thread.
 */
final class Folding implements AutoCloseable {
  private static final String CHANNEL = "tweet.activity";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int POLL_MILLIS = 100;
  private static final int IDENTICAL = 100;

  /** The series' own example: seven actions on one message, of four kinds. */
  private static final List<String> SEVEN =
      List.of("rt", "rt", "de-rt", "fav", "de-fav", "rt", "fav");

  private static final double SERIES_HEARD = 4 / 7.0;

  /** Comes after all others, and adds nothing. */
  private static final String END = "{\"messageid\":1,\"rts\":0,\"favs\":0}";

  private final Connection writer;
  private final Connection listener;
  private final Consumer<byte[], byte[]> kafka;

  private Folding(Site site) throws SQLException {
    this.writer = site.database().connect();
    this.listener = site.database().connect();
    this.kafka =
        Reading.fromEnd(site.servers().kafka().bootstrapServers(), site.name() + "." + CHANNEL);
    try (Statement statement = listener.createStatement()) {
      statement.execute("listen \"" + CHANNEL + "\"");
    }
  }

  /**
   * Counts.
   *
   * @param site whose activity is notified, and goes through an outbox to Kafka
   */
  static List<Fact> run(Site site) throws SQLException {
    try (Folding folding = new Folding(site)) {
      folding.act(SEVEN);
      long seven = folding.heard();
      long sevenInKafka = folding.published();
      folding.act(Collections.nCopies(IDENTICAL, "rt"));
      return List.of(
          Fact.beside("seven_notify", "seven actions: heard by LISTEN", 7, seven, SERIES_HEARD),
          Fact.ours("seven_outbox", "seven actions: in Kafka, from the outbox", 7, sevenInKafka),
          Fact.ours(
              "identical_notify", "equal actions: heard by LISTEN", IDENTICAL, folding.heard()),
          Fact.ours(
              "identical_outbox",
              "equal actions: in Kafka, from the outbox",
              IDENTICAL,
              folding.published()));
    }
  }

  /** All of them in one transaction, and then the end of it in another. */
  private void act(List<String> actions) throws SQLException {
    writer.setAutoCommit(false);
    try (PreparedStatement act =
            writer.prepareStatement(
                "insert into tweet.activity (messageid, action) values (1, ?::tweet.action_t)");
        Statement end = writer.createStatement()) {
      for (String action : actions) {
        act.setString(1, action);
        act.execute();
      }
      writer.commit();
      end.execute("select puck.publish('%s', '%s', key => '1')".formatted(CHANNEL, END));
      end.execute("select pg_notify('%s', '%s')".formatted(CHANNEL, END));
      writer.commit();
    }
  }

  private long heard() throws SQLException {
    long heard = 0;
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < PATIENCE.toNanos()) {
      for (PGNotification each :
          listener.unwrap(PGConnection.class).getNotifications(POLL_MILLIS)) {
        if (each.getParameter().equals(END)) {
          return heard;
        }
        heard++;
      }
    }
    throw new IllegalStateException("Nothing is heard of the end");
  }

  private long published() {
    long published = 0;
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < PATIENCE.toNanos()) {
      for (ConsumerRecord<byte[], byte[]> each : kafka.poll(Duration.ofMillis(POLL_MILLIS))) {
        if (END.equals(new String(each.value(), StandardCharsets.UTF_8))) {
          return published;
        }
        published++;
      }
    }
    throw new IllegalStateException("The end does not come to Kafka");
  }

  @Override
  public void close() throws SQLException {
    kafka.close();
    listener.close();
    writer.close();
  }
}
