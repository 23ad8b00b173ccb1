package dev.puck.lab.bench.consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.lab.bench.result.PartResult;
import dev.puck.lab.bench.result.Spread;
import dev.puck.lab.bench.result.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How soon a new process has read all of a topic.
 *
 * @param keys in the topic
 * @param seconds since the process was asked for
 * @param perSecond keys a second of them
 * @param warmUp keys a second since its consumer began, without the start of the JVM
 */
record RestartResult(
    int keys, Numbers<Restarted> seconds, Numbers<Restarted> perSecond, Numbers<Restarted> warmUp)
    implements PartResult {
  RestartResult(int keys) {
    this(
        keys,
        new Numbers<>(Restarted.class),
        new Numbers<>(Restarted.class),
        new Numbers<>(Restarted.class));
  }

  /** What is started. */
  enum Restarted {
    /** A cache in memory, until it serves. */
    MEMORY("cache in memory"),
    /** What only reads. */
    BARE_READER("bare reader of Kafka");

    private final String text;

    Restarted(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  void add(Restarted restarted, double tookSeconds, Filling filling) {
    seconds.add(restarted, tookSeconds);
    perSecond.add(restarted, keys / tookSeconds);
    warmUp.add(restarted, filling.perSecondInAll());
  }

  @Override
  public void addTo(ObjectNode json) {
    json.put("restart_keys_per_second", Spread.rounded(warmUp.of(Restarted.MEMORY).median()));
    ObjectNode restart = json.putObject("restart");
    restart.put("keys", keys);
    for (Restarted each : Restarted.values()) {
      ObjectNode here = restart.putObject(each.id());
      seconds.of(each).addTo(here, "seconds_from_process_start");
      perSecond.of(each).addTo(here, "keys_per_second_from_process_start");
      warmUp.of(each).addTo(here, "keys_per_second_of_warm_up");
    }
    warmUp.ratio(Restarted.MEMORY, Restarted.BARE_READER).addTo(restart, "ratio_to_bare_reader");
  }

  @Override
  public List<String> lines() {
    TextTable table =
        new TextTable("", "s from process start", "keys/s of it", "keys/s of warm-up");
    for (Restarted each : Restarted.values()) {
      table.row(
          each.text(),
          seconds.of(each).text("%.1f"),
          perSecond.of(each).text("%,.0f"),
          warmUp.of(each).text("%,.0f"));
    }
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "Restart: %,d keys in a compacted topic", keys));
    lines.addAll(table.lines());
    lines.add(
        "  the cache's warm-up of the reader's: "
            + warmUp.ratio(Restarted.MEMORY, Restarted.BARE_READER).text("%.2f"));
    return lines;
  }
}
