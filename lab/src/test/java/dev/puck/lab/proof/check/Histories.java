package dev.puck.lab.proof.check;

import dev.puck.lab.proof.history.Boundary;
import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Image;
import dev.puck.lab.proof.history.Part;
import dev.puck.lab.proof.history.Shape;
import dev.puck.lab.proof.history.Sighting;
import dev.puck.lab.proof.history.Sighting.Kind;
import dev.puck.lab.proof.history.Sighting.Marks;
import dev.puck.lab.proof.history.Sighting.Place;
import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Truth;
import dev.puck.lab.proof.history.Watched;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A random history, and the topics that tell it rightly, for tests to spoil. */
final class Histories {
  static final String TABLE = "t.account";
  private static final int PARTITIONS = 2;
  private static final int KEYS = 6;

  private final Random random;
  private final List<Fact> facts = new ArrayList<>();
  private final Map<String, Image> rows = new HashMap<>();
  private final Map<String, Image> atWatch = new HashMap<>();
  private long eid;

  Histories(long seed) {
    this.random = new Random(seed);
    for (int key = 0; key < KEYS / 2; key++) {
      atWatch.put("id=" + key, image());
    }
    rows.putAll(atWatch);
  }

  /** So many random changes, with messages and truncates among them. */
  Histories with(int changes) {
    for (int i = 0; i < changes; i++) {
      change("id=" + random.nextInt(KEYS));
      if (i % 10 == 5) {
        String key = "k" + random.nextInt(3);
        facts.add(new Fact(Fact.MESSAGES + "note", 'm', key, null, image()));
      }
      if (i == changes / 2) {
        facts.add(new Fact(TABLE, 't', null, null, null));
        rows.clear();
      }
    }
    return this;
  }

  Truth truth() {
    Shape shape = new Shape(TABLE, List.of("id", "eid"), List.of("id"));
    return new Truth(
        facts, Map.of(TABLE, new Truth.TableTruth(shape, true, atWatch, rows)), Map.of(), false);
  }

  /** What the topics hold if all went well: first the starting state, then every change. */
  List<Sighting> records() {
    List<List<Sighting>> partitions = new ArrayList<>();
    for (int i = 0; i < 2 * PARTITIONS; i++) {
      partitions.add(new ArrayList<>());
    }
    long id = 0;
    for (Map.Entry<String, Image> row : atWatch.entrySet()) {
      Fact read = new Fact(TABLE, 'r', row.getKey(), null, row.getValue());
      add(partitions, Kind.ROW, read, read.key(), "r" + id++);
    }
    for (Fact fact : facts) {
      String name = "i" + id++;
      if (fact.op() == 't') {
        for (int partition = 0; partition < PARTITIONS; partition++) {
          addAt(partitions.get(partition), partition, Kind.TRUNCATE, fact, null, name);
        }
      } else {
        add(partitions, fact.op() == 'm' ? Kind.MESSAGE : Kind.ROW, fact, fact.key(), name);
      }
      if (fact.op() == 'd') {
        add(partitions, Kind.TOMBSTONE, fact, fact.key(), name + "/t");
      }
    }
    List<Sighting> all = new ArrayList<>();
    partitions.forEach(all::addAll);
    return all;
  }

  /** With transactions that fit the records, whatever these are. */
  static Sightings seen(List<Sighting> records) {
    Map<Long, Long> counts = new TreeMap<>();
    List<Part> parts = new ArrayList<>();
    for (Sighting each : records) {
      long xid = each.marks().xid();
      if (each.kind() == Kind.ROW && xid > 0) {
        long number = counts.merge(xid, 1L, Long::sum);
        parts.add(new Part(each.place(), xid, TABLE, number, number));
      }
    }
    List<Boundary> boundaries = new ArrayList<>();
    Place place = new Place("transactions", 0, 0);
    counts.forEach(
        (xid, count) -> {
          boundaries.add(new Boundary(place, xid, false, Map.of()));
          boundaries.add(new Boundary(place, xid, true, Map.of(TABLE, count)));
        });
    return seen(records, boundaries, parts);
  }

  static Sightings seen(List<Sighting> records, List<Boundary> boundaries, List<Part> parts) {
    return new Sightings(records, Map.of(TABLE, PARTITIONS), boundaries, parts);
  }

  /** What all checks say of it. */
  static Map<String, Long> counts(Truth truth, List<Sighting> records) {
    Map<String, Long> counts = new HashMap<>();
    Checks.run(truth, seen(records), new Watched(List.of(), Map.of(), List.of()))
        .forEach(finding -> counts.put(finding.check(), finding.count()));
    return counts;
  }

  private void change(String key) {
    Image row = rows.get(key);
    if (row == null) {
      add(new Fact(TABLE, 'c', key, null, image()));
    } else if (random.nextInt(4) == 0) {
      add(new Fact(TABLE, 'd', key, row, null));
    } else {
      add(new Fact(TABLE, 'u', key, row, random.nextInt(8) == 0 ? row : image()));
    }
  }

  private void add(Fact fact) {
    facts.add(fact);
    String key = String.valueOf(fact.key());
    if (fact.after() == null) {
      rows.remove(key);
    } else {
      rows.put(key, fact.after());
    }
  }

  private Image image() {
    return new Image("eid='" + ++eid + '\'', eid);
  }

  private static void add(
      List<List<Sighting>> partitions, Kind kind, Fact fact, @Nullable String key, String id) {
    int partition = Math.floorMod(String.valueOf(key).hashCode(), PARTITIONS);
    int index = kind == Kind.MESSAGE ? PARTITIONS + partition : partition;
    addAt(partitions.get(index), partition, kind, fact, key, id);
  }

  private static void addAt(
      List<Sighting> records,
      int partition,
      Kind kind,
      Fact fact,
      @Nullable String key,
      String id) {
    boolean tells = kind == Kind.ROW || kind == Kind.MESSAGE;
    long offset = records.size();
    records.add(
        new Sighting(
            new Place(fact.table(), partition, offset),
            kind,
            fact.table(),
            key,
            tells ? fact : null,
            new Marks(id, "%010d".formatted(offset), offset)));
  }
}
