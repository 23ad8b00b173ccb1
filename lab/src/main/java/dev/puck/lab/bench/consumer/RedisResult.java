package dev.puck.lab.bench.consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.lab.bench.result.PartResult;
import dev.puck.lab.bench.result.Spread;
import dev.puck.lab.bench.result.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Events a second into Redis.
 *
 * @param events in the topic, each with a key of its own
 * @param hotEvents in the topic with a hundred keys
 * @param reference what it is compared with
 * @param rates events or calls a second
 * @param cold in a new JVM
 */
record RedisResult(
    int events,
    int hotEvents,
    RedisReference reference,
    Numbers<Filler> rates,
    Numbers<Filler> cold)
    implements PartResult {
  /** What fills Redis. */
  enum Filler {
    /** The cache; no event can be left out. */
    CACHE("cache"),
    /** The cache; of a batch only the newest event of each key is written. */
    HOT_KEYS("cache, a hundred keys"),
    /** The same call without a cache. */
    REFERENCE("the same EVALSHA alone");

    private final String text;

    Filler(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public void addTo(ObjectNode json) {
    json.put("redis_ratio", Spread.rounded(ratio().median()));
    ObjectNode redis = json.putObject("redis");
    redis.put("events", events);
    redis.put("hot_events", hotEvents);
    redis.put("reference", reference.id());
    redis.put("pipeline_depth", RedisReference.DEPTH);
    ObjectNode perSecond = redis.putObject("events_per_second");
    for (Filler filler : Filler.values()) {
      rates.of(filler).addTo(perSecond, filler.id());
    }
    cold.of(Filler.CACHE).addTo(perSecond, "cache_in_new_jvm");
    ratio().addTo(redis, "ratio");
    gain().addTo(redis, "coalescing_gain");
  }

  @Override
  public List<String> lines() {
    TextTable table = new TextTable("", "events/s", "cache's of it");
    table.row("cache, new JVM", cold.of(Filler.CACHE).text("%,.0f"));
    for (Filler filler : Filler.values()) {
      table.row(
          filler.text(),
          rates.of(filler).text("%,.0f"),
          filler == Filler.CACHE ? "" : rates.ratio(Filler.CACHE, filler).text("%.2f"));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "Redis: %,d events with a key each, %,d with a hundred keys; %,d calls at once",
            events,
            hotEvents,
            RedisReference.DEPTH));
    lines.addAll(table.lines());
    lines.add("  alone: " + reference.text());
    lines.add("  what coalescing gains: " + gain().text("%.1f"));
    return lines;
  }

  private Spread ratio() {
    return rates.ratio(Filler.CACHE, Filler.REFERENCE);
  }

  private Spread gain() {
    return rates.ratio(Filler.HOT_KEYS, Filler.CACHE);
  }
}
