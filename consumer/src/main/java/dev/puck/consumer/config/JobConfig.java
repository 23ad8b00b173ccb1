package dev.puck.consumer.config;

import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import dev.puck.service.config.Durations;
import dev.puck.service.config.Problems;
import dev.puck.service.config.Setting;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is done in the downstream database by schedule.
 *
 * @param refresh null: it runs {@code sql}
 * @param sql null: it refreshes {@code refresh}
 * @param every null: it runs by {@code cron}
 * @param cron null: it runs {@code every}
 */
public record JobConfig(
    @Setting("Its name, as in `POST /jobs/NAME/run`.") String name,
    @Setting(
            "The materialized view that it refreshes, as `SCHEMA.VIEW`: concurrently if that can be"
                + " done.")
        @Nullable String refresh,
    @Setting("The one SQL statement that it runs, instead of `refresh`.") @Nullable String sql,
    @Setting("How often it runs, counted from when it was due.") @Nullable Duration every,
    @Setting(
            "When it runs, instead of `every`: minute, hour, day of month, month, day of week, in"
                + " UTC.")
        @Nullable String cron,
    @Setting(value = "How long it may run before PostgreSQL ends it.", defaultValue = "10m")
        Duration timeout,
    @Setting(value = "How many of its runs are kept in the history.", defaultValue = "100")
        int history) {
  private static final Duration LEAST = Duration.ofSeconds(1);

  public JobConfig {
    new Problems()
        .matches("name", name, Names.PATTERN, Names.RULE)
        .check(
            refresh != null || sql != null,
            "refresh",
            "is missing; name a materialized view to refresh, or give the statement in sql.")
        .check(refresh == null || sql == null, "refresh", "and sql are both set; keep one.")
        .check(
            refresh == null || TableName.parse(refresh).isPresent(),
            "refresh",
            "is '" + refresh + "'; write it as SCHEMA.VIEW.")
        .notBlank("sql", sql)
        .check(
            every != null || cron != null,
            "every",
            "is missing; say how often it runs, such as 30s, or when, in cron.")
        .check(every == null || cron == null, "every", "and cron are both set; keep one.")
        .check(
            every == null || every.compareTo(LEAST) >= 0,
            "every",
            "is " + (every == null ? "" : Durations.text(every)) + "; it must be 1s or more.")
        .check(
            cron == null || cronSchedule(cron).isPresent(),
            "cron",
            "is '"
                + cron
                + "'; write minute, hour, day of month, month and day of week, such as"
                + " '*/5 * * * *'.")
        .positive("timeout", timeout)
        .range("history", history, 1, 10_000)
        .throwIfAny();
  }

  /** The cron line's schedule, in UTC; empty where it runs {@code every}. */
  public Optional<Schedule> cronSchedule() {
    return Optional.ofNullable(cron).flatMap(JobConfig::cronSchedule);
  }

  /** The materialized view, as a name; empty where it runs {@code sql}. */
  public Optional<TableName> view() {
    return Optional.ofNullable(refresh).flatMap(TableName::parse);
  }

  private static Optional<Schedule> cronSchedule(String line) {
    try {
      return Optional.of(new CronSchedule(line, ZoneOffset.UTC, CronStyle.UNIX));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
