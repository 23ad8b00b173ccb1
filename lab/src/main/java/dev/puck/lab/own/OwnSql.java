package dev.puck.lab.own;

import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problem;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the user's application does, and what is true.
 *
 * @param write one transaction's statements
 * @param read how it reads a key
 * @param truth a row for each key, the key first: without parameters
 * @param setup what makes a way of the user's own to keep that; as it stands in the file
 * @param setupRead how that is read
 */
public record OwnSql(
    SqlFile write, SqlFile read, SqlFile truth, Optional<String> setup, SqlFile setupRead) {
  static final String WRITE = "--sql-write";
  static final String READ = "--sql-read";
  static final String TRUTH = "--truth";
  static final String SETUP = "--setup";
  static final String SETUP_READ = "--setup-read";

  /**
   * The files.
   *
   * @param setup empty for no set-up
   * @param setupRead how it is read; as without it, if empty
   */
  public record Paths(
      @Nullable Path write,
      @Nullable Path read,
      @Nullable Path truth,
      @Nullable Path setup,
      @Nullable Path setupRead) {}

  /**
   * Reads them.
   *
   * @throws ConfigException with all that is wrong with any of them
   */
  public static OwnSql read(Paths paths) {
    Loader loader = new Loader();
    SqlFile write = loader.required(WRITE, paths.write());
    SqlFile read = loader.required(READ, paths.read());
    SqlFile truth = loader.required(TRUTH, paths.truth());
    loader.requireKey(WRITE, write);
    loader.requireOne(READ, read, true);
    loader.requireOne(TRUTH, truth, false);
    @Nullable Path setup = paths.setup();
    Optional<String> script = setup == null ? Optional.empty() : loader.text(SETUP, setup);
    script.ifPresent(loader::requireOneTransaction);
    SqlFile setupRead = read;
    if (paths.setupRead() != null) {
      loader.check(setup != null, SETUP_READ, "is of no use without " + SETUP + ".");
      setupRead = loader.required(SETUP_READ, paths.setupRead());
      loader.requireOne(SETUP_READ, setupRead, true);
    }
    loader.throwIfAny();
    return new OwnSql(write, read, truth, script, setupRead);
  }

  /** The truth as a part of another query. */
  String truthQuery() {
    return truth.statements().get(0).sql().replace("??", "?");
  }

  /** Reads files, and gathers what is wrong. */
  private static final class Loader {
    private static final SqlFile NONE = new SqlFile(List.of());

    private final List<Problem> problems = new ArrayList<>();

    SqlFile required(String option, @Nullable Path file) {
      if (file == null) {
        check(false, option, "is missing; it names a file with SQL.");
        return NONE;
      }
      List<String> found = new ArrayList<>();
      SqlFile sql = text(option, file).map(text -> SqlScanner.scan(text, found)).orElse(NONE);
      found.forEach(each -> check(false, option, file + " " + each + "."));
      return sql;
    }

    Optional<String> text(String option, Path file) {
      try {
        return Optional.of(Files.readString(file));
      } catch (MalformedInputException e) {
        check(false, option, file + " is not in UTF-8.");
      } catch (IOException e) {
        check(false, option, file + " cannot be read (" + e.getClass().getSimpleName() + ").");
      }
      return Optional.empty();
    }

    void requireKey(String option, SqlFile sql) {
      check(
          sql.statements().isEmpty() || sql.has(Parameter.KEY),
          option,
          "has no :key in it; it stands where the key is that is written or read.");
    }

    void requireOne(String option, SqlFile sql, boolean keyed) {
      check(sql.statements().size() < 2, option, "has several statements; it must be one query.");
      if (keyed) {
        requireKey(option, sql);
      } else {
        check(
            sql.statements().stream().allMatch(each -> each.parameters().isEmpty()),
            option,
            "has a parameter in it; it must give all keys.");
      }
    }

    void requireOneTransaction(String script) {
      List<String> words = TransactionControl.in(script);
      check(
          words.isEmpty(),
          SETUP,
          "has "
              + String.join(", ", words)
              + " in it; leave out what begins and ends transactions: the lab does that.");
    }

    void check(boolean good, String option, String text) {
      if (!good) {
        problems.add(new Problem(option, text));
      }
    }

    void throwIfAny() {
      if (!problems.isEmpty()) {
        throw new ConfigException(problems);
      }
    }
  }
}
