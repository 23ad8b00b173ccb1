package dev.puck.consumer.config;

import dev.puck.consumer.projection.Reducer;
import dev.puck.service.config.Problems;
import dev.puck.service.config.Setting;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value by key in memory, folded from events by a Java class; complete in every process.
 *
 * @param reducer the name of a public class that implements {@link Reducer}
 * @param warmFrom null: warms from the topics alone
 * @param warmQuery gives columns {@code key} (text) and {@code value} (json)
 * @param truth null: it cannot be built anew
 */
public record ReducerConfig(
    @Setting("Its name, as in `GET /caches/NAME/KEY`.") String name,
    @Setting("The topics that it is made from.") List<String> topics,
    @Setting("The class that folds events into values; it implements `Reducer`.") String reducer,
    @Setting("The summary that it starts from, so that a restart need not read the whole topic.")
        @Nullable String warmFrom,
    @Setting("Reads that summary's rows as columns `key` (text) and `value` (json).")
        @Nullable String warmQuery,
    @Setting(
            "The query on `consumer.source` that gives every value anew, as columns `key` (text) and"
                + " `value` (json); for resync. Without warm-from, it starts with it.")
        @Nullable String truth) {
  public ReducerConfig {
    topics = List.copyOf(topics);
    new Problems()
        .matches("name", name, Names.PATTERN, Names.RULE)
        .check(!topics.isEmpty(), "topics", "is empty; name at least one topic.")
        .check(
            isOnClassPath(reducer),
            "reducer",
            "is '"
                + reducer
                + "', which is not on the class"
                + " path; add its jar, or correct the name.")
        .check(
            !isOnClassPath(reducer) || isReducer(reducer),
            "reducer",
            "is '"
                + reducer
                + "', which is not a Reducer; it must be a public class with a public constructor"
                + " without parameters that implements "
                + Reducer.class.getName()
                + ".")
        .check(
            warmFrom == null || warmQuery != null,
            "warm-query",
            "is missing, and warm-from is '"
                + warmFrom
                + "'; give the query that reads its rows as key and value.")
        .check(
            warmQuery == null || warmFrom != null,
            "warm-from",
            "is missing, and there is a"
                + " warm-query; name the summary whose offsets belong to its rows.")
        .throwIfAny();
  }

  /** A new reducer of the class that was named. */
  public Reducer<?> newReducer() {
    try {
      return load(reducer).asSubclass(Reducer.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(reducer + " cannot be made: " + e, e);
    }
  }

  private static boolean isOnClassPath(String name) {
    try {
      load(name);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static boolean isReducer(String name) {
    try {
      Class<?> type = load(name);
      return Reducer.class.isAssignableFrom(type)
          && !Modifier.isAbstract(type.getModifiers())
          && Modifier.isPublic(type.getModifiers())
          && type.getConstructor() != null;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static Class<?> load(String name) throws ClassNotFoundException {
    return Class.forName(name, false, ReducerConfig.class.getClassLoader());
  }
}
