package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.consumer.config.AuditConfig;
import dev.puck.consumer.config.CacheConfig;
import dev.puck.consumer.config.ConsumerConfig;
import dev.puck.consumer.config.RedisConfig;
import dev.puck.consumer.config.ReducerConfig;
import dev.puck.consumer.config.StoreKind;
import dev.puck.consumer.config.SummaryConfig;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.event.EventHeaders;
import dev.puck.event.EventPosition;
import dev.puck.service.config.Secret;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.http.HttpConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A topic, the summary's table, a producer that remembers what it sent, and consumers for them. One
 * thread at a time sends.
 */
final class Playground implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestEnvironment environment;
  private final String bootstrapServers;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<Long, Counters> expected = new ConcurrentSkipListMap<>();
  private final Map<String, Optional<String>> latest = new ConcurrentHashMap<>();
  private final Random random;
  private long positions;
  final String topic;
  final Connection connection;

  Playground(TestEnvironment environment, int partitions) throws Exception {
    this(environment, environment.bootstrapServers(), partitions);
  }

  /** On a Kafka of its own. */
  Playground(TestEnvironment environment, String bootstrapServers, int partitions)
      throws Exception {
    this.environment = environment;
    this.bootstrapServers = bootstrapServers;
    this.topic = environment.topicPrefix() + "activity";
    long seed = System.nanoTime();
    System.out.println("Playground seed " + seed);
    this.random = new Random(seed);
    createTopic(partitions);
    this.connection = environment.connect();
    Sql.run(connection, Sql.file("cache/counters.sql"));
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  private void createTopic(int partitions) throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(Set.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    }
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  KafkaConfig kafkaConfig() {
    return new KafkaConfig(bootstrapServers, Map.of());
  }

  PostgresConfig postgresConfig() {
    return new PostgresConfig(
        environment.url(), environment.user(), new Secret(environment.password()));
  }

  Connection newConnection() throws SQLException {
    return environment.connect();
  }

  /** Both projections, with a truth. */
  Projector startWithTruth(String truth) throws IOException {
    ReducerConfig reducer =
        new ReducerConfig(
            "counters",
            List.of(topic),
            CounterReducer.class.getName(),
            null,
            null,
            "select messageid::text as key, to_jsonb(t) as value from (%s) as t"
                .formatted(truth.replace(";", "")));
    SummaryConfig summary =
        new SummaryConfig(
            "counters",
            List.of(topic),
            "twcache.counters",
            Sql.file("summary/counters.sql"),
            null,
            truth);
    return Projector.start(
        new ConsumerConfig(
            environment.name(),
            postgresConfig(),
            postgresConfig(),
            null,
            List.of(),
            List.of(reducer),
            List.of(summary),
            tokenTopic(),
            null,
            new HttpConfig("127.0.0.1", 0, null)),
        kafkaConfig());
  }

  /** The name is part of the group's: each test has its own. */
  ConsumerConfig config(List<ReducerConfig> reducers, List<SummaryConfig> summaries) {
    return new ConsumerConfig(
        environment.name(),
        postgresConfig(),
        null,
        null,
        List.of(),
        reducers,
        summaries,
        tokenTopic(),
        null,
        new HttpConfig("127.0.0.1", 0, null));
  }

  /** The latest of each message, in memory. */
  Projector startMemoryCache() {
    return start(latest("latest", StoreKind.MEMORY), null);
  }

  /** One with a truth, from the test's own database. */
  Projector startMemoryCache(String truth) {
    return start(latest("latest", StoreKind.MEMORY, truth), null);
  }

  /** In memory as {@code latest}, and in Redis under the test's name, with a truth. */
  Projector startCaches(String redis, String truth, @Nullable AuditConfig audit) {
    List<CacheConfig> caches =
        List.of(
            latest("latest", StoreKind.MEMORY, truth),
            latest(environment.name(), StoreKind.REDIS, truth));
    return start(caches, redisConfig(redis), audit);
  }

  private static RedisConfig redisConfig(String redis) {
    return new RedisConfig(redis, null, null);
  }

  /** A process that shares the filling of Redis with others. */
  Projector startRedisCache(String redis) {
    return start(latest(environment.name(), StoreKind.REDIS), redisConfig(redis));
  }

  /** A topic of its own: tests share Kafka. */
  String tokenTopic() {
    return topic + "-tokens";
  }

  private Projector start(CacheConfig cache, @Nullable RedisConfig redis) {
    return start(List.of(cache), redis, null);
  }

  private Projector start(
      List<CacheConfig> caches, @Nullable RedisConfig redis, @Nullable AuditConfig audit) {
    return Projector.start(
        new ConsumerConfig(
            environment.name(),
            null,
            postgresConfig(),
            redis,
            caches,
            List.of(),
            List.of(),
            tokenTopic(),
            audit,
            new HttpConfig("127.0.0.1", 0, null)),
        kafkaConfig());
  }

  private CacheConfig latest(String name, StoreKind store) {
    return latest(name, store, null);
  }

  private CacheConfig latest(String name, StoreKind store, @Nullable String truth) {
    return new CacheConfig(
        name, List.of(topic), store, "puck:{cache}:{key}", null, Duration.ofHours(1), truth);
  }

  ReducerConfig cache(Class<?> reducer) {
    return new ReducerConfig("counters", List.of(topic), reducer.getName(), null, null, null);
  }

  ReducerConfig warmCache() {
    return new ReducerConfig(
        "counters",
        List.of(topic),
        CounterReducer.class.getName(),
        "counters",
        "select messageid::text as key, to_jsonb(c) as value from twcache.counters as c;",
        null);
  }

  SummaryConfig summary() throws IOException {
    return new SummaryConfig(
        "counters",
        List.of(topic),
        "twcache.counters",
        Sql.file("summary/counters.sql"),
        null,
        null);
  }

  Projector startSummary() throws IOException {
    return Projector.start(config(List.of(), List.of(summary())), kafkaConfig());
  }

  Projector startAll() throws IOException {
    return Projector.start(config(List.of(warmCache()), List.of(summary())), kafkaConfig());
  }

  Projector startCache(Class<?> reducer) {
    return Projector.start(config(List.of(cache(reducer)), List.of()), kafkaConfig());
  }

  /** Sends that many random actions on a few messages. */
  void send(int events) {
    for (int i = 0; i < events; i++) {
      sendOne(1 + random.nextInt(50), random.nextInt(3) - 1, random.nextInt(3) - 1);
    }
    producer.flush();
  }

  void sendOne(long messageid, long rts, long favs) {
    expected.merge(
        messageid, new Counters(rts, favs), (before, more) -> before.plus(more.rts(), more.favs()));
    send(
        record(
            null,
            Long.toString(messageid),
            "{\"messageid\":%d,\"rts\":%d,\"favs\":%d}".formatted(messageid, rts, favs)));
  }

  /** Sends what is not counted. */
  void send(ProducerRecord<byte[], byte[]> record) {
    var unused = producer.send(record);
  }

  void flush() {
    producer.flush();
  }

  /** Sends what the key is from now on, as a bridge would; null: that it is gone. */
  void sendLatest(String key, @Nullable String value) {
    sendLatest(key, value, 0);
  }

  /** The same by a transaction. */
  synchronized void sendLatest(String key, @Nullable String value, long xid) {
    ProducerRecord<byte[], byte[]> record = record(null, key, value);
    if (xid > 0) {
      record.headers().add(EventHeaders.XID, bytes(Long.toString(xid)));
    }
    positions++;
    record
        .headers()
        .add(EventHeaders.POSITION, new EventPosition(1, positions, 0).bytes())
        .add(EventHeaders.KIND, bytes("message"));
    latest.put(key, Optional.ofNullable(value));
    send(record);
  }

  /** Sends that many, of a few thousand keys, one in ten of them gone. */
  void sendLatest(int events) {
    for (int i = 0; i < events; i++) {
      String key = "k" + random.nextInt(3_000);
      sendLatest(key, random.nextInt(10) == 0 ? null : "{\"n\":" + positions + "}");
    }
    producer.flush();
  }

  /** What must come out of {@link #sendLatest}. */
  Map<String, String> latest() {
    Map<String, String> values = new TreeMap<>();
    latest.forEach((key, value) -> value.ifPresent(text -> values.put(key, text)));
    return values;
  }

  /** All keys that were ever sent. */
  Set<String> latestKeys() {
    return Set.copyOf(latest.keySet());
  }

  ProducerRecord<byte[], byte[]> record(
      @Nullable Integer partition, @Nullable String key, @Nullable String value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, partition, bytes(key), bytes(value));
    String now = Long.toString(System.currentTimeMillis() * 1_000);
    record.headers().add(EventHeaders.AT, now.getBytes(StandardCharsets.UTF_8));
    return record;
  }

  static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /** What must come out of everything sent so far. */
  Map<Long, Counters> expected() {
    return new TreeMap<>(expected);
  }

  Map<Long, Counters> table() throws SQLException {
    return Sql.counters(connection);
  }

  /** Waits until the summary is right, and sees that it stays so. */
  void awaitExactTable() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(table()).containsExactlyInAnyOrderEntriesOf(expected()));
  }

  static void awaitReady(Projector projector) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(projector.isReady()).as("%s", projector.status()).isTrue());
  }

  static HttpResponse<String> post(Projector projector, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(projector.url() + path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  static HttpResponse<String> get(Projector projector, String path, String... headers)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(request(projector, path, headers), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(Projector projector, String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(projector.url() + path));
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  @Override
  public void close() throws SQLException {
    producer.close();
    connection.close();
  }
}
