package dev.puck.service.connection;

import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Durations;
import dev.puck.service.retry.TransientException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.metrics.JmxReporter;
import org.jspecify.annotations.Nullable;

/** One Kafka cluster: the properties for its clients, and a check that it answers. Thread-safe. */
public final class Kafka {
  /** How long a question to the cluster may take before it counts as away. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaConfig config;
  private final Duration patience;
  private final @Nullable MeterRegistry registry;

  public Kafka(KafkaConfig config) {
    this(config, PATIENCE);
  }

  Kafka(KafkaConfig config, Duration patience) {
    this(config, patience, null);
  }

  private Kafka(KafkaConfig config, Duration patience, @Nullable MeterRegistry registry) {
    this.config = config;
    this.patience = patience;
    this.registry = registry;
  }

  /** The same cluster, whose clients tell the registry of themselves. */
  public Kafka measured(MeterRegistry by) {
    return new Kafka(config, patience, by);
  }

  /** The same cluster, with another patience for {@link #admin} and {@link #await}. */
  public Kafka within(Duration otherPatience) {
    return new Kafka(config, otherPatience, registry);
  }

  /** How long {@link #await} waits. */
  public Duration patience() {
    return patience;
  }

  /** Properties for a client: where the cluster is, {@code own}, and above all the user's. */
  public Map<String, Object> properties(Map<String, Object> own) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    // The default of one second makes a client that lost its broker slow to notice its return.
    properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    if (registry != null) {
      properties.put(
          CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG,
          List.of(JmxReporter.class.getName(), KafkaMeters.class.getName()));
      properties.put(KafkaMeters.REGISTRY, registry);
    }
    properties.putAll(own);
    properties.putAll(config.properties());
    return properties;
  }

  /** A new client for questions about the cluster, owned by the caller. */
  public Admin admin() {
    int millis = Math.toIntExact(patience.toMillis());
    return client(
        Map.of(
            CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis,
            CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis),
        Admin::create);
  }

  /**
   * A new client with {@link #properties}, made by {@code constructor} and owned by the caller.
   *
   * @throws TransientException if no server's name can be resolved
   * @throws ConfigException if the client refuses a property
   */
  public <T> T client(Map<String, Object> own, Function<Map<String, Object>, T> constructor) {
    try {
      return constructor.apply(properties(own));
    } catch (KafkaException e) {
      Throwable root = root(e);
      if (String.valueOf(root.getMessage()).contains("resolvable")) {
        throw new TransientException(
            "Kafka at "
                + config.bootstrapServers()
                + " cannot be found: no name resolves. Is kafka.bootstrap-servers right?",
            e);
      }
      throw new ConfigException(
          "Kafka's client refuses its properties ("
              + root.getMessage()
              + "). Correct kafka.properties.",
          e);
    }
  }

  /**
   * Waits for an answer of the cluster.
   *
   * @throws TransientException if it does not come in time, or asks to try again
   * @throws ConfigException if the cluster refuses
   */
  public <T> T await(String doing, KafkaFuture<T> answer) throws InterruptedException {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw away(doing, e);
    } catch (ExecutionException e) {
      @Nullable Throwable cause = e.getCause();
      if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw away(doing, cause);
      }
      if (cause != null && isTransient(cause)) {
        throw new TransientException(
            "Kafka at "
                + config.bootstrapServers()
                + " failed while "
                + doing
                + " ("
                + cause.getMessage()
                + "); it may work later.",
            cause);
      }
      throw new ConfigException(
          "Kafka at "
              + config.bootstrapServers()
              + " refused "
              + doing
              + " ("
              + (cause == null ? e : cause).getMessage()
              + "). Check the user's rights and kafka.properties.",
          e);
    }
  }

  /**
   * The cluster's id.
   *
   * @throws TransientException if it gives no answer
   */
  public String clusterId() throws InterruptedException {
    Admin admin = admin();
    try {
      return await("asking for its id", admin.describeCluster().clusterId());
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  public String address() {
    return config.bootstrapServers();
  }

  private static boolean isTransient(Throwable cause) {
    return cause instanceof RetriableException || isFenced(cause);
  }

  /** Kafka's brokers are there, but its controller has let none of them in yet. */
  private static boolean isFenced(Throwable cause) {
    // The class alone would be that of a replication factor that no cluster of this size can have.
    return cause instanceof InvalidReplicationFactorException
        && String.valueOf(cause.getMessage()).contains("fenced");
  }

  private TransientException away(String doing, Throwable cause) {
    return new TransientException(
        "Kafka at "
            + config.bootstrapServers()
            + " gave no answer for "
            + Durations.text(patience)
            + " while "
            + doing
            + ". Is it running, and is kafka.bootstrap-servers right?",
        cause);
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
