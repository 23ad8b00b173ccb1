package dev.puck.consumer.config;

import dev.puck.service.config.Problems;
import dev.puck.service.config.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A summary in the downstream database.
 *
 * @param target the table, with its schema
 * @param truth null: it cannot be built anew
 * @param statement null: it is in {@code statementFile}
 * @param statementFile null: it is in {@code statement}
 */
public record SummaryConfig(
    @Setting("Its name; its group in Kafka is `CONSUMER.NAME`.") String name,
    @Setting("The topics that it is made from.") List<String> topics,
    @Setting("The table that it keeps, as `SCHEMA.TABLE`; put in for `:target`.") String target,
    @Setting("The SQL statement that merges `:events`, a JSON array of payloads, into `:target`.")
        @Nullable String statement,
    @Setting("The file that holds the statement, instead of `statement`.")
        @Nullable Path statementFile,
    @Setting(
            "The query on `consumer.source` whose rows are those that the table must have, column by"
                + " column; for resync. A first start begins with it.")
        @Nullable String truth) {
  public SummaryConfig {
    topics = List.copyOf(topics);
    Optional<String> text = read(statement, statementFile);
    new Problems()
        .matches("name", name, Names.PATTERN, Names.RULE)
        .check(!topics.isEmpty(), "topics", "is empty; name at least one topic.")
        .check(
            TableName.parse(target).isPresent(),
            "target",
            "is '" + target + "'; write it as SCHEMA.TABLE.")
        .check(
            statement != null || statementFile != null,
            "statement",
            "is missing; give the SQL here, or in a file that statement-file names.")
        .check(
            statement == null || statementFile == null,
            "statement",
            "and statement-file are both set; keep one.")
        .check(
            text.isPresent() || statementFile == null,
            "statement-file",
            "is '" + statementFile + "', which cannot be read; correct the path.")
        .check(
            text.isEmpty() || text.get().contains(":events"),
            statement == null ? "statement-file" : "statement",
            "has no :events; merge from jsonb_to_recordset(:events) into :target.")
        .throwIfAny();
  }

  /** The statement, wherever it stands. */
  public String statementText() {
    return read(statement, statementFile)
        .orElseThrow(
            () -> new UncheckedIOException(new IOException(statementFile + " cannot be read")));
  }

  /** The table, as a name. */
  public TableName table() {
    return TableName.parse(target).orElseThrow();
  }

  private static Optional<String> read(@Nullable String statement, @Nullable Path file) {
    if (statement != null || file == null) {
      return Optional.ofNullable(statement);
    }
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
