package dev.puck.consumer.cache;

import dev.puck.consumer.config.RedisConfig;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** One Redis, and the connections to it. Thread-safe; all methods block. */
public final class RedisDatabase implements AutoCloseable {
  /** Enough for every thread that answers HTTP, and the caches' own. */
  private static final int MOST_CONNECTIONS = 48;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int CALLS_AT_ONCE = 5_000;
  private static final int KEYS_AT_ONCE = 1_000;

  private final RedisConfig config;
  private final RedisClient client;

  private RedisDatabase(RedisConfig config, RedisClient client) {
    this.config = config;
    this.client = client;
  }

  /** Connects when it is first asked. */
  public static RedisDatabase open(RedisConfig config) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(MOST_CONNECTIONS);
    pool.setMaxWait(PATIENCE);
    DefaultJedisClientConfig.Builder how =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis((int) PATIENCE.toMillis())
            .socketTimeoutMillis((int) PATIENCE.toMillis())
            .database(config.database())
            .clientName("puck-consumer");
    if (config.isTls()) {
      how.sslOptions(SslOptions.defaults());
    }
    if (config.password() != null) {
      how.password(config.password().reveal());
    }
    if (config.user() != null) {
      how.user(config.user());
    }
    return new RedisDatabase(
        config,
        RedisClient.builder()
            .hostAndPort(config.host(), config.port())
            .clientConfig(how.build())
            .poolConfig(pool)
            .build());
  }

  /** A script's call. */
  @SuppressWarnings("ArrayRecordComponent") // Bytes on their way to Redis, never compared.
  record Call(byte[] key, List<byte[]> arguments) {
    private byte[][] parameters() {
      List<byte[]> all = new ArrayList<>(arguments.size() + 1);
      all.add(key);
      all.addAll(arguments);
      return all.toArray(new byte[0][]);
    }
  }

  /**
   * What the script answers to each call. Some may have been made, even twice, if it fails.
   *
   * @throws TransientException if Redis is away or refuses
   */
  List<Object> run(RedisScript script, List<Call> calls) {
    return run(script, calls, call -> call);
  }

  /** The same; a call is made while Redis works on those before it, and perhaps again. */
  <T> List<Object> run(RedisScript script, List<T> causes, Function<T, Call> call) {
    return ask(
        () -> {
          List<Object> answers = new ArrayList<>(causes.size());
          for (int begin = 0; begin < causes.size(); begin += CALLS_AT_ONCE) {
            int end = Math.min(causes.size(), begin + CALLS_AT_ONCE);
            answers.addAll(runSome(script, causes.subList(begin, end), call));
          }
          return answers;
        });
  }

  Object run(RedisScript script, Call call) {
    return run(script, List.of(call)).get(0);
  }

  /** What is asked through {@code questions} in one go, and read once all is answered. */
  <T> T pipeline(Function<AbstractPipeline, Supplier<T>> questions) {
    return ask(
        () -> {
          try (AbstractPipeline pipeline = client.pipelined()) {
            Supplier<T> answers = questions.apply(pipeline);
            pipeline.sync();
            return answers.get();
          }
        });
  }

  /** Hands over all keys of that pattern in portions, some perhaps twice. */
  void scan(String pattern, Consumer<List<String>> keys) {
    ScanIteration scan = client.scanIteration(KEYS_AT_ONCE, pattern);
    while (!scan.isIterationCompleted()) {
      keys.accept(ask(() -> scan.nextBatch().getResult()));
    }
  }

  @Override
  public void close() {
    client.close();
  }

  /** A Redis that was restarted knows no scripts: then they are loaded, and the call made again. */
  private <T> List<Object> runSome(RedisScript script, List<T> causes, Function<T, Call> call) {
    try {
      return runKnown(script, causes, call);
    } catch (JedisNoScriptException e) {
      client.scriptLoad(script.text());
      return runKnown(script, causes, call);
    }
  }

  /** What is queued goes out whenever a buffer is full; the answers are short, and can wait. */
  private <T> List<Object> runKnown(RedisScript script, List<T> causes, Function<T, Call> call) {
    List<Response<Object>> answers = new ArrayList<>(causes.size());
    try (AbstractPipeline pipeline = client.pipelined()) {
      for (T cause : causes) {
        answers.add(pipeline.evalsha(script.sha(), 1, call.apply(cause).parameters()));
      }
      pipeline.sync();
    }
    return answers.stream().map(Response::get).toList();
  }

  private interface Question<T> {
    T ask();
  }

  /**
   * A second time on a new connection: those in the pool are all broken once Redis was restarted.
   */
  private <T> T ask(Question<T> question) {
    try {
      return question.ask();
    } catch (JedisConnectionException e) {
      client.getPool().clear();
      return askAgain(question);
    } catch (JedisException e) {
      throw failure(e);
    }
  }

  private <T> T askAgain(Question<T> question) {
    try {
      return question.ask();
    } catch (JedisException e) {
      throw failure(e);
    }
  }

  private TransientException failure(JedisException e) {
    @Nullable Throwable cause = e.getCause();
    return new TransientException(
        "Redis at "
            + config.host()
            + ":"
            + config.port()
            + " failed ("
            + e.getMessage()
            + (cause == null ? "" : ": " + cause.getMessage())
            + "). "
            + advice(String.valueOf(e.getMessage())),
        e);
  }

  private static String advice(String message) {
    return message.contains("OOM command")
        ? "Raise its maxmemory, or give the cache a ttl."
        : "Is it running, and is consumer.redis right?";
  }
}
