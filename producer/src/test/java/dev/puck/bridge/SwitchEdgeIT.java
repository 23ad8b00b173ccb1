package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.bridge.config.OnGap;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a switch meets rarely, and must not lose. */
@ExtendWith(PuckExtension.class)
class SwitchEdgeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** More than the outbox's reader takes in one look. */
  private static final int BACKLOG = 25_000;

  private final TestEnvironment environment;
  private final WalDatabase database;
  private final BridgeSetup setup;
  private final SwitchLog log;

  SwitchEdgeIT(TestEnvironment environment) throws SQLException {
    this.environment = environment;
    this.database = new WalDatabase(environment);
    this.setup =
        database.setup(OnGap.STOP, true).outbox().route("orders", "orders", null).partitions(1);
    this.log = new SwitchLog(setup);
  }

  @BeforeEach
  void install() throws SQLException {
    try (Connection connection = environment.connect()) {
      new SchemaInstaller(connection).install();
    }
    database.run("create table item (id integer primary key)");
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  /** What they wrote is in the source before alone. */
  @Test
  void shouldAwaitTransactionsThatBeganBefore() throws Exception {
    // Given
    setup.start().close();
    for (SourceType to : List.of(SourceType.WAL, SourceType.OUTBOX)) {
      try (Connection early = environment.connect();
          Connection late = environment.connect();
          Statement before = early.createStatement();
          Statement silent = late.createStatement()) {
        early.setAutoCommit(false);
        late.setAutoCommit(false);
        before.execute("select puck.publish('orders', '" + to + " before')");
        silent.execute("select 1");

        // When
        CompletableFuture<Void> moved = CompletableFuture.runAsync(() -> switchTo(to));
        await().atMost(PATIENCE).until(() -> log.said().contains("CAPTURED"));
        await()
            .atMost(PATIENCE)
            .until(() -> log.said().stream().anyMatch(SwitchEdgeIT::isWaitingForTwo));
        silent.execute("select puck.publish('orders', '" + to + " meanwhile')");
        early.commit();
        await()
            .atMost(PATIENCE)
            .until(() -> log.said().stream().anyMatch(SwitchEdgeIT::isWaitingForOne));
        assertThat(log.said()).doesNotContain("SETTLED");
        late.commit();
        moved.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      log.said().clear();
    }

    // Then
    assertThat(relayed(SourceType.OUTBOX, 4))
        .containsExactly("WAL before", "WAL meanwhile", "OUTBOX before", "OUTBOX meanwhile");
  }

  @Test
  void shouldPublishAnOutboxTooLargeForOneLook() throws Exception {
    // Given
    setup.start().close();
    database.run(
        "select puck.publish('orders', n::text) from generate_series(1, 24000) as n",
        "select puck.publish('orders', n::text) from generate_series(24001, " + BACKLOG + ") as n");

    // When
    switchTo(SourceType.WAL);
    database.run("select puck.publish('orders', '" + (BACKLOG + 1) + "')");

    // Then
    assertThat(relayed(SourceType.WAL, BACKLOG + 1))
        .isEqualTo(IntStream.rangeClosed(1, BACKLOG + 1).mapToObj(Integer::toString).toList());
    assertThat(log.said())
        .contains("Published what was left to come from outbox: " + BACKLOG + " events.");
  }

  private void switchTo(SourceType to) {
    try {
      log.switchTo(to);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> relayed(SourceType source, int events) throws InterruptedException {
    BridgeSetup after = source == SourceType.WAL ? setup.wal(setup.config().wal()) : setup.outbox();
    try (Bridge bridge = after.start();
        TopicReader reader = setup.read("orders")) {
      reader.awaitUntil(PATIENCE, read -> read.size() >= events);
      assertThat(bridge.status().gaps()).isZero();
      return reader.all().stream().map(Event::value).toList();
    }
  }

  private static boolean isWaitingForTwo(String sentence) {
    return sentence.startsWith("Waiting for transactions that began before: process ")
        && sentence.endsWith(" and 1 more");
  }

  private static boolean isWaitingForOne(String sentence) {
    return sentence.startsWith("Waiting for transactions that began before: process ")
        && !sentence.contains("more");
  }
}
