package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every process replaced by another while applications write, as an upgrade does it. */
@ExtendWith(PuckExtension.class)
class RollingUpgradeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path directory;
  private final TestEnvironment environment;
  private final ConfiguredDatabase shop;

  RollingUpgradeIT(@TempDir Path directory, TestEnvironment environment) throws IOException {
    this.directory = directory;
    this.environment = environment;
    this.shop = new ConfiguredDatabase(directory, environment.url(), "postgres");
  }

  @BeforeEach
  void capture() throws Exception {
    shop.run(
        """
        create table sale (id int primary key);
        create table counted (one int primary key, sales bigint not null)
        """);
    assertThat(shop.puck("init").exitCode()).isZero();
    assertThat(shop.puck("watch", "sale").exitCode()).isZero();
  }

  @Test
  void shouldLoseAndRepeatNothingWhileAllIsReplaced() throws Exception {
    Path file = configuration();
    String report;
    try (Sales sales = new Sales(environment);
        PuckProcess leader = bridge(file, 1);
        PuckProcess standby = standby(file, sales);
        PuckProcess one = consumer(file, 1, sales);
        PuckProcess other = consumer(file, 2, sales)) {
      // When
      sales.phase("before");
      sales.awaitMore();
      assertThat(leader.terminate()).as(leader::output).isZero();
      sales.phase("the leading bridge stopped");
      sales.awaitMore();
      try (PuckProcess newBridge = bridge(file, 3);
          PuckProcess newOne = replaced(one, file, 3, sales);
          PuckProcess newOther = replaced(other, file, 4, sales)) {
        assertThat(standby.terminate()).as(standby::output).isZero();
        sales.phase("the other bridge stopped");
        sales.awaitMore();
        long written = sales.stop();

        // Then
        await().atMost(PATIENCE).until(() -> sales.counted() == written);
        report = sales.report();
        assertThat(newOther.terminate()).as(newOther::output).isZero();
        assertThat(newOne.terminate()).as(newOne::output).isZero();
        assertThat(newBridge.terminate()).as(newBridge::output).isZero();
        assertThat(operations()).containsEntry("c", (int) written);
        assertThat(sales.counted()).isEqualTo(written);
      }
    }
    System.out.println("RollingUpgradeIT: staleness in ms, median and longest" + report);
  }

  private PuckProcess bridge(Path file, int number) throws IOException {
    return PuckProcess.start(
        directory.resolve("bridge" + number + ".log"), "bridge", "--config", file.toString());
  }

  private PuckProcess standby(Path file, Sales sales) throws Exception {
    // The first sale makes the topic, which consumers ask for.
    await().atMost(PATIENCE).ignoreExceptions().until(() -> !operations().isEmpty());
    PuckProcess standby = bridge(file, 2);
    await().atMost(PATIENCE).until(() -> standby.output().contains("standing by"));
    assertThat(sales.isRunning()).isTrue();
    return standby;
  }

  private PuckProcess consumer(Path file, int number, Sales sales) throws Exception {
    Path log = directory.resolve("consumer" + number + ".log");
    PuckProcess consumer = PuckProcess.start(log, "consume", "--config", file.toString());
    await().atMost(PATIENCE).until(() -> consumer.output().contains("Consumer started"));
    sales.awaitMore();
    return consumer;
  }

  private PuckProcess replaced(PuckProcess old, Path file, int number, Sales sales)
      throws Exception {
    sales.phase("consumer " + (number - 2) + " replaced");
    assertThat(old.terminate()).as(old::output).isZero();
    return consumer(file, number, sales);
  }

  private Map<String, Integer> operations() throws IOException {
    return new TopicCount(environment.bootstrapServers(), environment.topicPrefix() + "public.sale")
        .operations();
  }

  private Path configuration() throws IOException {
    Files.writeString(
        directory.resolve("count.sql"),
        """
        insert into :target as counted (one, sales)
             select 1, count(*) from jsonb_to_recordset(:events) as event(op text)
             where op = 'c'
        on conflict (one) do update set sales = counted.sales + excluded.sales
        """);
    return Files.writeString(
        directory.resolve("puck.yaml"),
        """
        kafka:
          bootstrap-servers: %1$s
        bridge:
          name: %2$s
          postgres: {url: '%3$s', user: postgres}
          source: outbox
          topics: {prefix: %2$s.}
        consumer:
          name: %2$s
          postgres: {url: '%3$s', user: postgres}
          summaries:
            - name: counted
              topics: [%2$s.public.sale]
              target: public.counted
              statement-file: count.sql
        """
            .formatted(environment.bootstrapServers(), environment.name(), environment.url()));
  }
}
