package dev.puck.consumer;

import dev.puck.consumer.cache.CacheProjection;
import dev.puck.consumer.config.ConsumerConfig;
import dev.puck.consumer.freshness.Tokens;
import dev.puck.consumer.http.AuditRoutes;
import dev.puck.consumer.http.CacheRoutes;
import dev.puck.consumer.http.DeadLetterRoutes;
import dev.puck.consumer.http.JobRoutes;
import dev.puck.consumer.http.ResyncRoutes;
import dev.puck.consumer.job.Jobs;
import dev.puck.consumer.projection.ProjectionStatus;
import dev.puck.consumer.reducer.ReducerProjection;
import dev.puck.consumer.resync.Resyncs;
import dev.puck.consumer.subscription.Subscription;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.Postgres;
import dev.puck.service.health.Health;
import dev.puck.service.health.HealthCheck;
import dev.puck.service.http.HttpService;
import dev.puck.service.retry.TransientException;
import io.javalin.config.RoutesConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer that runs: its projections, each with a thread of its own, and the HTTP service that
 * answers for them. Thread-safe.
 */
public final class Projector implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Projector.class);

  private final String name;
  private final Resources resources;
  private final List<Subscription> subscriptions;
  private final Map<String, RunningCache> reducers;
  private final Map<String, ServedCache> caches;
  private final Resyncs resyncs;
  private final Tokens tokens;
  private final Projections projections;
  private final @Nullable Jobs jobs;
  private final HttpService http;

  private Projector(ConsumerConfig config, Resources resources, Kafka kafka, ConsumerHooks hooks) {
    this.name = config.name();
    this.resources = resources;
    this.tokens = resources.add(new Tokens(kafka, config.name(), config.tokenTopic()));
    this.projections = new Projections(config, kafka, resources, tokens, hooks);
    this.reducers = projections.reducers();
    this.caches = projections.caches();
    this.subscriptions = projections.subscriptions();
    this.resyncs = projections.resyncs();
    this.jobs = openJobs(config, resources);
    this.http =
        resources.add(
            HttpService.start(
                config.http(),
                new Health(subscriptions.stream().map(Projector::check).toList()),
                resources.metrics(),
                this::status,
                this::addRoutes));
  }

  /**
   * Checks Kafka, its topics, the downstream database and the statements, and starts.
   *
   * @throws ConfigException if something must be set right; every missing topic is named
   * @throws TransientException if Kafka or the database is away
   * @throws dev.puck.service.http.PortInUseException if another process has the port
   */
  public static Projector start(ConsumerConfig config, KafkaConfig kafkaConfig) {
    return start(config, kafkaConfig, ConsumerHooks.NONE);
  }

  /** As {@link #start(ConsumerConfig, KafkaConfig)}, on trial. */
  public static Projector start(
      ConsumerConfig config, KafkaConfig kafkaConfig, ConsumerHooks hooks) {
    new TopicCheck(new Kafka(kafkaConfig)).run(config);
    Resources resources = new Resources();
    Kafka kafka = new Kafka(kafkaConfig).measured(resources.metrics().registry());
    try {
      Projector projector = new Projector(config, resources, kafka, hooks);
      projector.resyncs.start();
      projector.tokens.start();
      projector.projections.audits().start();
      projector.subscriptions.forEach(Subscription::start);
      if (projector.jobs != null) {
        projector.jobs.start();
      }
      LOGGER.atInfo().addKeyValue("url", projector.url()).log("Consumer started");
      return projector;
    } catch (RuntimeException | Error e) {
      resources.closeAfter(e);
      throw e;
    }
  }

  /** Where it answers, such as {@code http://127.0.0.1:8081}. */
  public String url() {
    return http.url();
  }

  /** How all projections are; never blocks. */
  public ConsumerStatus status() {
    return new ConsumerStatus(
        name,
        subscriptions.stream().map(Subscription::status).toList(),
        resyncs.status(),
        projections.audits().status(),
        jobs == null ? List.of() : jobs.names());
  }

  /** Whether every projection serves. */
  public boolean isReady() {
    return subscriptions.stream().allMatch(each -> problem(each).isEmpty());
  }

  /**
   * The reducer of that name, for readers in this process; it may still be warming, which {@link
   * #status} tells.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ReducerProjection<?> reducer(String reducer) {
    return named("reducer", reducers, reducer).cache();
  }

  /**
   * The cache of that name, as {@link #reducer}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public CacheProjection cache(String cache) {
    return named("cache", caches, cache).cache();
  }

  private static <T> T named(String kind, Map<String, T> all, String name) {
    @Nullable T found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "No " + kind + " is named '" + name + "'; there are " + all.keySet());
    }
    return found;
  }

  /** Finishes the batches at hand, leaves the groups and frees everything; takes about a second. */
  @Override
  public void close() {
    subscriptions.forEach(Subscription::signalClose);
    resources.close();
    LOGGER.atInfo().addKeyValue("consumer", name).log("Consumer stopped");
  }

  private void addRoutes(RoutesConfig routes) {
    new CacheRoutes(
            projections.views(),
            projections.truths(),
            new TokenFreshness(tokens, projections.complete()))
        .accept(routes);
    new ResyncRoutes(new ResyncsView(resyncs)).accept(routes);
    new AuditRoutes(new AuditsView(projections.audits())).accept(routes);
    new DeadLetterRoutes(projections.deadLetters()).accept(routes);
    if (jobs != null) {
      new JobRoutes(new RunningJobs(jobs)).accept(routes);
    }
  }

  private static @Nullable Jobs openJobs(ConsumerConfig config, Resources resources) {
    if (config.jobs().isEmpty() || config.postgres() == null) {
      return null;
    }
    Postgres postgres = new Postgres(config.postgres(), "puck consumer " + config.name());
    return resources.add(
        Jobs.open(config.name(), config.jobs(), postgres, resources.metrics().registry()));
  }

  private static HealthCheck check(Subscription subscription) {
    ProjectionStatus status = subscription.status();
    return Health.check(status.kind() + "/" + status.name(), () -> problem(subscription));
  }

  private static Optional<String> problem(Subscription subscription) {
    ProjectionStatus status = subscription.status();
    if (status.state().equals("serving")) {
      return Optional.empty();
    }
    return Optional.of(status.state() + (status.error() == null ? "" : ": " + status.error()));
  }
}
