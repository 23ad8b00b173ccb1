package dev.puck.consumer.config;

import dev.puck.service.config.NearestName;
import dev.puck.service.config.Problems;
import dev.puck.service.config.Setting;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.http.HttpConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one consumer process keeps up to date.
 *
 * @param name begins the name of its groups in Kafka
 * @param postgres the downstream database; null where there are no summaries and no jobs
 * @param source the database that changes come from; null where nobody asks it
 * @param redis null where no cache is kept in it
 * @param audit null: only when asked for
 */
public record ConsumerConfig(
    @Setting("The consumer's name; the processes that share its work have the same.") String name,
    @Setting("The downstream database, which holds the summaries, and in which jobs run.")
        @Nullable PostgresConfig postgres,
    @Setting("The database that the changes come from, for resync: the primary, not a replica.")
        @Nullable PostgresConfig source,
    @Setting("The Redis that holds the caches whose store it is.") @Nullable RedisConfig redis,
    @Setting("The latest rows and messages by key.") List<CacheConfig> caches,
    @Setting("Values by key in memory, folded by Java classes.") List<ReducerConfig> reducers,
    @Setting("The summaries in the downstream database.") List<SummaryConfig> summaries,
    @Setting("What is done in the downstream database by schedule.") List<JobConfig> jobs,
    @Setting(
            value =
                "The topic of the tokens that reads may wait for, `bridge.topics.prefix` and all.",
            defaultValue = "puck.token")
        String tokenTopic,
    @Setting("Compares projections with their truth every now and then.")
        @Nullable AuditConfig audit,
    @Setting("Where it answers HTTP.") HttpConfig http) {
  public ConsumerConfig {
    caches = List.copyOf(caches);
    reducers = List.copyOf(reducers);
    summaries = List.copyOf(summaries);
    jobs = List.copyOf(jobs);
    Problems problems =
        new Problems()
            .matches("name", name, Names.PATTERN, Names.RULE)
            .check(
                summaries.isEmpty() || postgres != null,
                "postgres",
                "is missing, and there are summaries; give the database that holds them.")
            .check(
                jobs.isEmpty() || postgres != null || !summaries.isEmpty(),
                "postgres",
                "is missing, and there are jobs; give the database that they run in.")
            .check(
                !caches.isEmpty() || !reducers.isEmpty() || !summaries.isEmpty() || !jobs.isEmpty(),
                "reducers",
                "caches, summaries and jobs are all empty; give the consumer something to do.");
    for (int i = 0; i < reducers.size(); i++) {
      checkTruth(problems, "reducers[" + i + "]", reducers.get(i).truth(), source);
    }
    for (int i = 0; i < summaries.size(); i++) {
      checkTruth(problems, "summaries[" + i + "]", summaries.get(i).truth(), source);
    }
    // Both are read at /caches/NAME/KEY.
    Set<String> served = new HashSet<>();
    checkNames(problems, "caches", caches.stream().map(CacheConfig::name).toList(), served);
    checkNames(problems, "reducers", reducers.stream().map(ReducerConfig::name).toList(), served);
    checkNames(
        problems,
        "summaries",
        summaries.stream().map(SummaryConfig::name).toList(),
        new HashSet<>());
    checkNames(problems, "jobs", jobs.stream().map(JobConfig::name).toList(), new HashSet<>());
    CacheChecks.check(problems, caches, redis, source);
    for (int i = 0; i < reducers.size(); i++) {
      checkWarmFrom(problems, "reducers[" + i + "]", reducers.get(i), summaries);
    }
    problems.check(
        audit == null
            || caches.stream().anyMatch(each -> each.truth() != null)
            || reducers.stream().anyMatch(each -> each.truth() != null)
            || summaries.stream().anyMatch(each -> each.truth() != null),
        "audit",
        "compares projections with their truth, and none has one; give one a truth.");
    problems.check(
        audit == null
            || audit.sample() == null
            || caches.stream().anyMatch(each -> each.truth() != null),
        "audit.sample",
        "is of caches, and none has a truth; remove it, or give a cache a truth.");
    problems.throwIfAny();
  }

  /** Of a consumer without jobs. */
  public ConsumerConfig(
      String name,
      @Nullable PostgresConfig postgres,
      @Nullable PostgresConfig source,
      @Nullable RedisConfig redis,
      List<CacheConfig> caches,
      List<ReducerConfig> reducers,
      List<SummaryConfig> summaries,
      String tokenTopic,
      @Nullable AuditConfig audit,
      HttpConfig http) {
    this(
        name,
        postgres,
        source,
        redis,
        caches,
        reducers,
        summaries,
        List.of(),
        tokenTopic,
        audit,
        http);
  }

  private static void checkTruth(
      Problems problems, String path, @Nullable String truth, @Nullable PostgresConfig source) {
    problems.check(
        truth == null || source != null,
        path + ".truth",
        "is a query on the source database, and there is no source; give consumer.source.");
  }

  private static void checkNames(
      Problems problems, String list, List<String> names, Set<String> seen) {
    for (int i = 0; i < names.size(); i++) {
      problems.check(
          seen.add(names.get(i)),
          list + "[" + i + "].name",
          "is '" + names.get(i) + "', as another's is; give each its own.");
    }
  }

  private static void checkWarmFrom(
      Problems problems, String path, ReducerConfig reducer, List<SummaryConfig> summaries) {
    @Nullable String from = reducer.warmFrom();
    if (from == null) {
      return;
    }
    Optional<SummaryConfig> summary =
        summaries.stream().filter(each -> each.name().equals(from)).findFirst();
    problems.check(
        summary.isPresent(),
        path + ".warm-from",
        "is '"
            + from
            + "', which is no summary of this consumer; "
            + NearestName.hint(from, summaries.stream().map(SummaryConfig::name).toList()));
    summary.ifPresent(
        found ->
            problems.check(
                Set.copyOf(found.topics()).equals(Set.copyOf(reducer.topics())),
                path + ".topics",
                "is "
                    + reducer.topics()
                    + ", but the summary '"
                    + from
                    + "' that it warms from reads "
                    + found.topics()
                    + "; make them the same."));
  }
}
