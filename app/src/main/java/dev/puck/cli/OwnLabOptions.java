package dev.puck.cli;

import dev.puck.lab.own.OwnSql;
import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problem;
import dev.puck.service.connection.PostgresConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The user's own database and statements: docs/lab.md. */
final class OwnLabOptions {
  @Mixin private LabDatabase database = new LabDatabase();

  @Option(
      names = "--sql-write",
      paramLabel = "FILE",
      description = "What the application writes in a transaction, with :key where its key is.")
  private @Nullable Path write;

  @Option(
      names = "--sql-read",
      paramLabel = "FILE",
      description = "A query: how it reads what is kept of :key.")
  private @Nullable Path read;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "A query: for every key, which comes first, what is right.")
  private @Nullable Path truth;

  @Option(
      names = "--setup",
      paramLabel = "FILE",
      description = "SQL that makes a way of your own to keep it, such as a trigger.")
  private @Nullable Path setup;

  @Option(
      names = "--setup-read",
      paramLabel = "FILE",
      description = "How that is read; default: as without it.")
  private @Nullable Path setupRead;

  @Option(
      names = "--in-place",
      description = "Writes to your tables, not to copies of them: what is written stays.")
  private boolean inPlace;

  @Option(names = "--dry-run", description = "Says what a run would make and need, and ends.")
  private boolean dryRun;

  /** Whether any of it was given. */
  boolean isAsked() {
    return database.isGiven()
        || inPlace
        || dryRun
        || Stream.of(write, read, truth, setup, setupRead).anyMatch(Objects::nonNull);
  }

  boolean isInPlace() {
    return inPlace;
  }

  boolean isDryRun() {
    return dryRun;
  }

  /**
   * A database, and what is done there.
   *
   * @param postgres the database
   * @param sql the statements
   */
  record Own(PostgresConfig postgres, OwnSql sql) {}

  /** Both, or all that is wrong with either. */
  Own own() {
    List<Problem> problems = new ArrayList<>();
    @Nullable PostgresConfig postgres = or(problems, database::config);
    @Nullable OwnSql sql =
        or(problems, () -> OwnSql.read(new OwnSql.Paths(write, read, truth, setup, setupRead)));
    if (postgres == null || sql == null) {
      throw new ConfigException(problems);
    }
    return new Own(postgres, sql);
  }

  private static <T> @Nullable T or(List<Problem> problems, Supplier<T> part) {
    try {
      return part.get();
    } catch (ConfigException e) {
      problems.addAll(e.problems());
      return null;
    }
  }
}
