package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
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
  private final List<PuckProcess> processes = new ArrayList<>();
  private int started;

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

  @AfterEach
  void end() {
    processes.forEach(PuckProcess::close);
  }

  @Test
  void shouldLoseAndRepeatNothingWhileAllIsReplaced() throws Exception {
    // Given
    configure();
    try (Sales sales = new Sales(environment)) {
      PuckProcess leader = start("bridge");
      // The first sale makes the topic, which consumers ask for.
      await().atMost(PATIENCE).ignoreExceptions().until(() -> !operations().isEmpty());
      PuckProcess standby = start("bridge");
      await().atMost(PATIENCE).until(() -> standby.output().contains("standing by"));
      PuckProcess one = consumer(sales);
      PuckProcess other = consumer(sales);
      sales.phase("before");
      sales.awaitMore();

      // When
      sales.phase("the leading bridge replaced");
      end(leader);
      start("bridge");
      sales.awaitMore();
      sales.phase("the first consumer replaced");
      end(one);
      consumer(sales);
      sales.phase("the second consumer replaced");
      end(other);
      consumer(sales);
      sales.phase("the other bridge stopped");
      end(standby);
      sales.awaitMore();

      // Then
      long written = sales.stop();
      await().atMost(PATIENCE).until(() -> sales.counted() == written);
      System.out.println("RollingUpgradeIT: staleness in ms, median and longest" + sales.report());
      for (PuckProcess process : List.copyOf(processes)) {
        end(process);
      }
      assertThat(operations()).containsEntry("c", (int) written);
      assertThat(sales.counted()).isEqualTo(written);
    }
  }

  private PuckProcess start(String command) throws IOException {
    Path log = directory.resolve(command + started++ + ".log");
    PuckProcess process =
        PuckProcess.start(log, command, "--config", directory.resolve("puck.yaml").toString());
    processes.add(process);
    return process;
  }

  private PuckProcess consumer(Sales sales) throws IOException {
    PuckProcess consumer = start("consume");
    await().atMost(PATIENCE).until(() -> consumer.output().contains("Consumer started"));
    sales.awaitMore();
    return consumer;
  }

  private void end(PuckProcess process) throws InterruptedException {
    assertThat(process.terminate()).as(process::output).isZero();
    processes.remove(process);
  }

  private Map<String, Integer> operations() throws IOException {
    return new TopicCount(environment.bootstrapServers(), environment.topicPrefix() + "public.sale")
        .operations();
  }

  private void configure() throws IOException {
    Files.writeString(
        directory.resolve("count.sql"),
        """
        insert into :target as counted (one, sales)
             select 1, count(*) from jsonb_to_recordset(:events) as event(op text)
             where op = 'c'
        on conflict (one) do update set sales = counted.sales + excluded.sales
        """);
    Files.writeString(
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
