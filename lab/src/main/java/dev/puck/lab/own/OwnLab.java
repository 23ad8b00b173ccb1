package dev.puck.lab.own;

import dev.puck.lab.report.LabReport;
import dev.puck.lab.report.Outcome;
import dev.puck.lab.report.Settings;
import dev.puck.lab.report.Surroundings;
import dev.puck.lab.report.Verdict;
import dev.puck.lab.trial.Contest;
import dev.puck.lab.trial.Measurement;
import dev.puck.lab.trial.Metric;
import dev.puck.lab.trial.Trial;
import dev.puck.lab.trial.TrialPlan;
import dev.puck.lab.workload.Workload;
import dev.puck.service.connection.PostgresFailure;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tries the strategies there are for any application, in the user's own database. What it makes is
 * in a schema of its own, which is dropped in the end, whatever happens.
 */
public final class OwnLab {
  private static final Duration AROUND = Duration.ofSeconds(4);

  /** Why others are missing. */
  public static final String LEFT_OUT =
      "Left out: update, trigger-*, listen and kafka-*, which need SQL for your tables, or capture"
          + " and a bridge beside your database; --setup tries triggers of yours.";

  private final OwnOptions options;
  private final Rehearsal.Result rehearsed;
  private final Workload workload;

  private OwnLab(OwnOptions options) {
    this.options = options;
    this.rehearsed = Rehearsal.of(options.postgres(), options.sql(), options.inPlace());
    this.workload = options.workload().withMessages(rehearsed.truth().rows().size() - 1);
  }

  /** What a run would do; nothing is left of finding out. */
  public static List<String> dryRun(OwnOptions options) {
    return DryRun.lines(
        options, Rehearsal.of(options.postgres(), options.sql(), options.inPlace()));
  }

  /**
   * Runs it.
   *
   * @param lines hears a line before each trial
   */
  public static LabReport run(OwnOptions options, Consumer<String> lines)
      throws IOException, InterruptedException {
    try {
      return new OwnLab(options).run(lines);
    } catch (SQLException e) {
      throw PostgresFailure.answering("PostgreSQL at " + options.postgres().address(), e);
    }
  }

  private LabReport run(Consumer<String> lines)
      throws SQLException, IOException, InterruptedException {
    Instant at = Instant.now();
    Surroundings before = Surroundings.look();
    Contest contest = new Contest(options.strategies(), options.repeats(), this::estimate, lines);
    Map<String, List<Measurement>> measured;
    try (LabSchema schema =
        LabSchema.take(options.postgres(), line -> contest.progress().say("%s", line))) {
      contest.progress().say("All is in the schema %s, and gone in the end", schema.name());
      contest.progress().say(LEFT_OUT);
      measured = contest.run(workload.seed(), (name, trial) -> tryOut(schema, name));
    }
    List<Outcome> outcomes = Outcome.all(measured);
    return new LabReport(
        at,
        settings(before),
        outcomes,
        Verdict.on(outcomes, options.need(), Metric.BUSY),
        contest.progress().seconds());
  }

  private Measurement tryOut(LabSchema schema, String name)
      throws SQLException, IOException, InterruptedException {
    schema.create();
    try (Connection connection = schema.connect()) {
      rehearsed.copies().make(connection, schema.name());
    }
    OwnStrategy strategy =
        OwnStrategy.named(name, options.sql(), schema.name(), rehearsed.truth().columns().get(0));
    Measurement found;
    try (OwnCandidate candidate =
        new OwnCandidate(schema, options.sql(), strategy, workload, rehearsed.truth())) {
      Duration least = strategy.interval().multipliedBy(2);
      Duration open = options.open().compareTo(least) < 0 ? least : options.open();
      TrialPlan plan = new TrialPlan(workload, options.closed(), open, Duration.ZERO);
      found = Trial.run(plan, candidate);
    }
    schema.drop();
    return found;
  }

  private Duration estimate(String strategy) {
    return options.closed().multipliedBy(3).dividedBy(2).plus(options.open()).plus(AROUND);
  }

  private Map<String, Object> settings(Surroundings before) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(LabReport.WORKLOAD, LabReport.OWN);
    settings.put("in_place", options.inPlace() ? "yes" : "no");
    settings.putAll(
        Settings.of(
            before, workload, options.repeats(), options.closed(), options.open(), Map.of()));
    return settings;
  }
}
