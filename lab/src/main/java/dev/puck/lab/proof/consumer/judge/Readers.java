package dev.puck.lab.proof.consumer.judge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the hottest keys again and again, while everything happens: of Redis, and of each process,
 * by a thread of its own for each. What a process answers is compared with what the process that
 * was in its place before has answered: "warming" is no answer.
 */
public final class Readers implements AutoCloseable {
  private static final long REDIS_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long HTTP_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, Line> lines = new ConcurrentHashMap<>();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private volatile boolean stopping;

  private Readers() {}

  /**
   * Begins to read.
   *
   * @param redis is closed at the end
   * @param urls where the process in each place answers; null while it does not
   */
  public static Readers start(RedisView redis, int places, IntFunction<@Nullable String> urls) {
    Readers readers = new Readers();
    readers.run("redis", () -> readers.readRedis(redis));
    HttpView http = new HttpView();
    for (int each = 0; each < places; each++) {
      int place = each;
      readers.run("http-" + place, () -> readers.readHttp(http, place, urls));
    }
    return readers;
  }

  /** How many answers there were, each of many keys. */
  public long answers() {
    return answers.get();
  }

  /** Ends the reading; what was read. */
  Collection<Line> stop() throws InterruptedException {
    stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
    return lines.values();
  }

  /** Why a reader gave up; null if none did. */
  @Nullable String failure() {
    return failure.get();
  }

  @Override
  public void close() {
    stopping = true;
  }

  private void run(String name, Reading reading) {
    Thread thread = new Thread(() -> runToEnd(name, reading), "proof-reader-" + name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void runToEnd(String name, Reading reading) {
    try {
      reading.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure.compareAndSet(null, name + ": " + e.getMessage());
    }
  }

  private void readRedis(RedisView redis) {
    try (redis) {
      while (!stopping) {
        for (Layout.Cache cache : Layout.IN_REDIS) {
          note("redis", cache, redis.read(cache.name(), Layout.hotKeys(cache.table())), true);
        }
        LockSupport.parkNanos(REDIS_PAUSE_NANOS);
      }
    }
  }

  private void readHttp(HttpView http, int place, IntFunction<@Nullable String> urls)
      throws InterruptedException {
    while (!stopping) {
      for (Layout.Cache cache : Layout.all()) {
        @Nullable Map<String, Seen> seen =
            http.read(urls.apply(place), cache.name(), Layout.hotKeys(cache.table()));
        note("process " + place, cache, seen, false);
      }
      LockSupport.parkNanos(HTTP_PAUSE_NANOS);
    }
  }

  private void note(
      String reader, Layout.Cache cache, @Nullable Map<String, Seen> all, boolean remembers) {
    if (all == null) {
      return;
    }
    answers.incrementAndGet();
    new HashMap<>(all)
        .forEach(
            (key, seen) ->
                lines
                    .computeIfAbsent(
                        reader + ' ' + cache.name() + ' ' + key,
                        name ->
                            new Line(
                                reader + ' ' + cache.name(),
                                cache.table() + " id=" + key,
                                remembers))
                    .add(seen));
  }

  private interface Reading {
    void run() throws InterruptedException;
  }
}
