package dev.puck.consumer;

import dev.puck.consumer.audit.AuditSchedule;
import dev.puck.consumer.audit.Audits;
import dev.puck.consumer.cache.CacheProjection;
import dev.puck.consumer.cache.RedisDatabase;
import dev.puck.consumer.config.AuditConfig;
import dev.puck.consumer.config.CacheConfig;
import dev.puck.consumer.config.ConsumerConfig;
import dev.puck.consumer.config.ReducerConfig;
import dev.puck.consumer.config.StoreKind;
import dev.puck.consumer.config.SummaryConfig;
import dev.puck.consumer.database.DownstreamDatabase;
import dev.puck.consumer.database.OffsetRepository;
import dev.puck.consumer.database.ResyncLog;
import dev.puck.consumer.deadletter.KafkaDeadLetters;
import dev.puck.consumer.deadletter.Letters;
import dev.puck.consumer.deadletter.Replays;
import dev.puck.consumer.freshness.Tokens;
import dev.puck.consumer.http.CacheView;
import dev.puck.consumer.projection.Auditable;
import dev.puck.consumer.projection.EntryAuditable;
import dev.puck.consumer.projection.Projection;
import dev.puck.consumer.projection.Reducer;
import dev.puck.consumer.reducer.ReducerProjection;
import dev.puck.consumer.reducer.WarmStart;
import dev.puck.consumer.resync.Resyncs;
import dev.puck.consumer.resync.Truth;
import dev.puck.consumer.subscription.Assignment;
import dev.puck.consumer.subscription.EveryPartition;
import dev.puck.consumer.subscription.GroupAssignment;
import dev.puck.consumer.subscription.Subscription;
import dev.puck.consumer.summary.SummaryProjection;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.Postgres;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the projections of a configuration, with what they need, ready to start. */
final class Projections {
  private final ConsumerConfig config;
  private final Kafka kafka;
  private final Resources resources;
  private final @Nullable DownstreamDatabase database;
  private final @Nullable RedisDatabase redis;
  private final ConsumerHooks hooks;
  private final KafkaDeadLetters deadLetters;
  private final Letters letters;
  private final Replays replays;
  private final Resyncs resyncs;
  private final Audits audits;

  private final Map<String, RunningCache> reducers = new LinkedHashMap<>();
  private final Map<String, ServedCache> caches = new LinkedHashMap<>();
  private final Map<String, CacheView> truths = new LinkedHashMap<>();
  private final List<Subscription> subscriptions = new ArrayList<>();

  Projections(
      ConsumerConfig config, Kafka kafka, Resources resources, Tokens tokens, ConsumerHooks hooks) {
    this.config = config;
    this.hooks = hooks;
    this.kafka = kafka;
    this.resources = resources;
    this.database = open(config, resources);
    this.redis = config.redis() == null ? null : resources.add(RedisDatabase.open(config.redis()));
    this.deadLetters = resources.add(new KafkaDeadLetters(kafka, config.name()));
    this.letters = resources.add(new Letters(kafka, config.name()));
    this.replays = new Replays(letters, deadLetters, resources.metrics().registry());
    this.resyncs = resources.add(new Resyncs(kafka, config.name(), resources.metrics().registry()));
    this.audits = resources.add(audits(tokens));
    config.caches().forEach(this::add);
    config.reducers().forEach(this::add);
    config.summaries().forEach(this::add);
  }

  Map<String, RunningCache> reducers() {
    return reducers;
  }

  Map<String, ServedCache> caches() {
    return caches;
  }

  Resyncs resyncs() {
    return resyncs;
  }

  Audits audits() {
    return audits;
  }

  DeadLettersView deadLetters() {
    return new DeadLettersView(letters, replays);
  }

  /** All that answers at {@code /caches}, by name. */
  Map<String, CacheView> views() {
    Map<String, CacheView> views = new LinkedHashMap<>(reducers);
    views.putAll(caches);
    return views;
  }

  /** What those that have a truth query should have, by name. */
  Map<String, CacheView> truths() {
    return truths;
  }

  /** What keeps each cache up to date that is complete in this process, by name. */
  Map<String, Subscription> complete() {
    Map<String, Subscription> complete = new LinkedHashMap<>();
    reducers.forEach((name, reducer) -> complete.put(name, reducer.subscription()));
    caches.forEach(
        (name, cache) -> {
          if (!cache.isShared()) {
            complete.put(name, cache.subscription());
          }
        });
    return complete;
  }

  List<Subscription> subscriptions() {
    return subscriptions;
  }

  private static @Nullable DownstreamDatabase open(ConsumerConfig config, Resources resources) {
    if (config.postgres() == null) {
      return null;
    }
    Postgres postgres = new Postgres(config.postgres(), "puck consumer " + config.name());
    int connections = config.summaries().size() + 1;
    return resources.add(DownstreamDatabase.open(postgres, connections));
  }

  private void add(CacheConfig cache) {
    boolean isShared = cache.store() == StoreKind.REDIS;
    // A name of its own, since a summary may be named as a cache is.
    String group = group("cache." + cache.name());
    CacheProjection projection =
        resources.add(
            isShared
                ? inRedis(cache, group)
                : CacheProjection.inMemory(cache, deadLetters, resources.metrics().registry()));
    Subscription subscription =
        subscribe(
            projection,
            isShared
                ? new GroupAssignment(group, cache.topics())
                : new EveryPartition(cache.topics()));
    replays.add(projection, cache.topics(), subscription::run);
    addTruth(projection, cache.topics(), cache.truth())
        .ifPresent(truth -> truths.put(cache.name(), new TruthView(truth)));
    caches.put(cache.name(), new ServedCache(projection, subscription, isShared));
  }

  private CacheProjection inRedis(CacheConfig cache, String group) {
    if (redis == null) {
      throw new IllegalStateException("A cache in Redis without one passed the configuration");
    }
    return CacheProjection.inRedis(
        cache,
        group,
        redis,
        new KafkaTopicEnds(kafka, cache.topics()),
        deadLetters,
        resources.metrics().registry());
  }

  private void add(ReducerConfig reducer) {
    add(reducer, reducer.newReducer());
  }

  private <V> void add(ReducerConfig reducer, Reducer<V> fold) {
    ReducerProjection<V> projection =
        new ReducerProjection<>(reducer, fold, warmStart(reducer), deadLetters);
    Subscription subscription = subscribe(projection, new EveryPartition(reducer.topics()));
    replays.add(projection, reducer.topics(), subscription::run);
    addTruth(projection, reducer.topics(), reducer.truth())
        .ifPresent(truth -> truths.put(reducer.name(), new TruthView(truth)));
    reducers.put(reducer.name(), new RunningCache(projection, subscription));
  }

  private void add(SummaryConfig summary) {
    SummaryProjection projection =
        new SummaryProjection(
            summary,
            database(),
            offsets(summary.name()),
            new ResyncLog(group(summary.name())),
            deadLetters);
    projection.check();
    addTruth(projection, summary.topics(), summary.truth());
    Subscription subscription =
        subscribe(projection, new GroupAssignment(group(summary.name()), summary.topics()));
    replays.add(projection, summary.topics(), subscription::run);
  }

  private Optional<Truth> addTruth(
      Projection projection, List<String> topics, @Nullable String query) {
    if (query == null || config.source() == null) {
      return Optional.empty();
    }
    Truth truth = new Truth(new Postgres(config.source(), "puck consumer " + config.name()), query);
    truth.check();
    resyncs.add(projection, truth);
    if (projection instanceof Auditable auditable) {
      audits.add(auditable, truth);
    } else if (projection instanceof EntryAuditable auditable) {
      KafkaTopicEnds ends = new KafkaTopicEnds(kafka, topics);
      audits.add(auditable, truth, () -> ends.read().keySet());
    }
    return Optional.of(truth);
  }

  private Audits audits(Tokens tokens) {
    @Nullable AuditConfig audit = config.audit();
    return new Audits(
        kafka,
        config.name(),
        new PublishedTokens(tokens),
        resources.metrics().registry(),
        audit == null ? null : new AuditSchedule(audit.every(), audit.sample()));
  }

  private Subscription subscribe(Projection projection, Assignment assignment) {
    String clientId = config.name() + "." + projection.kind().text() + "." + projection.name();
    Subscription subscription =
        resources.add(
            Subscription.create(
                kafka,
                clientId,
                assignment,
                hooks.projecting().apply(projection),
                resources.metrics().registry(),
                gap -> resyncs.request(projection, "a gap: " + gap.reason())));
    subscriptions.add(subscription);
    return subscription;
  }

  private @Nullable WarmStart warmStart(ReducerConfig reducer) {
    if (reducer.warmFrom() == null || reducer.warmQuery() == null) {
      return null;
    }
    WarmStart warmStart =
        new WarmStart(database(), offsets(reducer.warmFrom()), reducer.warmQuery());
    warmStart.check();
    return warmStart;
  }

  private OffsetRepository offsets(String summary) {
    return new OffsetRepository(group(summary));
  }

  /** The group in Kafka, and the name under which the offsets are stored. */
  private String group(String summary) {
    return config.name() + "." + summary;
  }

  private DownstreamDatabase database() {
    if (database == null) {
      throw new IllegalStateException("A summary without a database passed the configuration");
    }
    return database;
  }
}
