package dev.puck.lab.own;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.puck.lab.report.HtmlReport;
import dev.puck.lab.report.LabReport;
import dev.puck.lab.report.Outcome;
import dev.puck.lab.trial.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A shop's orders and their lines, tried by a role that may do little. */
@Timeout(120)
class OwnLabIT {
  private static Shop shop;
  @TempDir private Path directory;

  @BeforeAll
  static void open() throws SQLException {
    shop = Shop.open();
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void shouldMeasureAndLeaveNothingBehind() throws Exception {
    Set<String> before = shop.everything();
    OwnOptions options = shop.setUp(directory, Shop.SETUP);

    LabReport report = OwnLab.run(options, System.out::println);
    report.lines().forEach(System.out::println);

    assertThat(shop.everything()).isEqualTo(before);
    assertThat(report.outcomes())
        .extracting(Outcome::strategy)
        .containsExactly("query", "matview-0.5s", "setup");
    assertThat(report.outcomes()).allMatch(each -> value(each, Metric.DRIFT) == 0);
    assertThat(report.outcomes()).allMatch(each -> value(each, Metric.UNSEEN) == 0);
    assertThat(value(report.outcomes().get(0), Metric.STALENESS_P99)).isZero();
    assertThat(value(report.outcomes().get(1), Metric.STALENESS_P50)).isGreaterThan(50);
    assertThat(value(report.outcomes().get(2), Metric.STALENESS_P99)).isZero();
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("../docs/lab.schema.json")))
                .validate(report.toJson()))
        .isEmpty();
    assertThat(HtmlReport.of(report))
        .contains("matview-0.5s", "Every strategy has a schema of its own in your database")
        .contains("<figcaption>Sessions that work or wait at the given rates")
        .doesNotContain("<figcaption>Cores", "{{");
  }

  @Test
  void shouldSayWhatItWouldMakeAndMakeNothing() throws Exception {
    Set<String> before = shop.everything();

    String said = String.join("\n", OwnLab.dryRun(shop.setUp(directory, Shop.SETUP)));

    assertThat(said)
        .contains(
            ".order_line",
            "materialized view puck_lab_",
            "function puck_lab_",
            "trigger count_line on puck_lab_",
            "to a copy of public.orders in that schema",
            "No superuser",
            "Left out: update, trigger-*, listen and kafka-*");
    assertThat(shop.everything()).isEqualTo(before);
  }

  @Test
  void shouldLeaveNothingBehindWhenItIsInterrupted() throws Exception {
    Set<String> before = shop.everything();
    OwnOptions options = shop.setUp(directory, Shop.SETUP);
    Thread run =
        new Thread(
            () -> {
              try {
                OwnLab.run(options, line -> {});
              } catch (Exception e) {
                // As it is to be.
              }
            });
    run.start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !shop.everything().equals(before));

    run.interrupt();
    run.join();

    assertThat(shop.everything()).isEqualTo(before);
  }

  @Test
  void shouldCleanWhatAKillLeftButNothingOfARunUnderWay() throws Exception {
    Set<String> before = shop.everything();
    shop.execute(
        "set role shop",
        "create schema puck_lab_dead",
        "comment on schema puck_lab_dead is '" + LabSchema.COMMENT + "'",
        "create table puck_lab_dead.t ()",
        "reset role",
        "create schema puck_lab_of_somebody_else");
    try (LabSchema running = LabSchema.take(shop.database(), line -> {})) {
      running.create();

      assertThat(Leftovers.clean(shop.database()))
          .containsExactlyInAnyOrder(
              "puck_lab_dead dropped", running.name() + " is in use, and stays");
    }
    assertThat(Leftovers.clean(shop.database())).containsExactly("Nothing was left behind.");
    shop.execute("drop schema puck_lab_of_somebody_else");
    assertThat(shop.everything()).isEqualTo(before);
  }

  @Test
  void shouldWriteToTheTablesThemselvesOnlyWhenTold() throws Exception {
    long before = shop.lines();
    OwnOptions options = shop.options(directory, Shop.WRITE, Shop.READ, Shop.TRUTH, null, true);

    OwnLab.run(
        new OwnOptions(
            options.postgres(),
            options.sql(),
            true,
            List.of("query"),
            options.workload(),
            1,
            options.closed(),
            options.open(),
            options.need()),
        line -> {});

    assertThat(shop.lines()).isGreaterThan(before);
  }

  private static double value(Outcome outcome, Metric metric) {
    return outcome.get(metric).orElseThrow().median();
  }
}
