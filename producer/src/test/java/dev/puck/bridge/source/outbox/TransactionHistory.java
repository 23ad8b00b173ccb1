package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.Utf8;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A transaction on one table as PostgreSQL would run it: statements of several rows, functions that
 * run others in the middle, and triggers that run others between the captures of a statement's
 * rows. What happened is known, and so is what the outbox has of it.
 */
@SuppressWarnings("NullAway") // What the test itself gave is there.
final class TransactionHistory {
  private static final int KEYS = 4;

  private final Random random;
  private final int maxDepth;
  private final List<OutboxRow> outbox;
  private final long xid;
  private final String schema;

  private final Map<Integer, Live> live = new TreeMap<>();
  private final Map<Integer, List<Change>> ofKey = new HashMap<>();
  private int places;

  /** A row as it is now. */
  record Live(int key, int place, int partition, boolean matches) {}

  /** What happened, and the id under which it was captured; 0: it was not. */
  static final class Change {
    private final char op;
    private final @Nullable Live before;
    private final @Nullable Live after;
    private long id;

    Change(char op, @Nullable Live before, @Nullable Live after) {
      this.op = op;
      this.before = before;
      this.after = after;
    }
  }

  /**
   * One whose table has some rows.
   *
   * @param maxDepth how deep statements nest
   * @param outbox where captures go, behind those that are there
   */
  TransactionHistory(Random random, int maxDepth, long xid, String schema, List<OutboxRow> outbox) {
    this.random = random;
    this.maxDepth = maxDepth;
    this.outbox = outbox;
    this.xid = xid;
    this.schema = schema;
    IntStream.range(0, KEYS)
        .filter(key -> random.nextBoolean())
        .forEach(key -> live.put(key, version(key, random.nextInt(2), true)));
  }

  /** Runs one more statement. */
  void statement() {
    if (random.nextInt(12) == 0) {
      truncate();
    } else {
      statement(1);
    }
  }

  /** The ids of what concerns each key, in the order in which it happened. */
  Map<Integer, List<Long>> truth() {
    Map<Integer, List<Long>> truth = new TreeMap<>();
    ofKey.forEach(
        (key, changes) ->
            truth.put(
                key, changes.stream().map(change -> change.id).filter(id -> id != 0).toList()));
    return truth;
  }

  /** The same as those rows have it. */
  Map<Integer, List<Long>> told(List<OutboxRow> rows) {
    Map<Integer, List<Long>> told = new TreeMap<>();
    ofKey.keySet().forEach(key -> told.put(key, new ArrayList<>()));
    for (OutboxRow row : rows) {
      if (row.xid() == xid && !row.isMessage()) {
        keysOf(row).forEach(key -> told.get(key).add(row.id()));
      }
    }
    return told;
  }

  static String text(int key) {
    return "{\"id\":" + key + "}";
  }

  private void statement(int depth) {
    Set<Live> seen = new HashSet<>(live.values());
    List<Change> queue = new ArrayList<>();
    for (int rows = 1 + random.nextInt(4); rows > 0; rows--) {
      changeRow(seen, queue);
      nested(depth);
    }
    for (Change change : queue) {
      capture(change, depth);
      nested(depth);
    }
  }

  private void nested(int depth) {
    if (depth < maxDepth && random.nextInt(3) == 0) {
      statement(depth + 1);
    }
  }

  /** A statement changes what it saw at its beginning, and nobody has changed meanwhile. */
  private void changeRow(Set<Live> seen, List<Change> queue) {
    int key = random.nextInt(KEYS);
    @Nullable Live row = live.get(key);
    if (row == null) {
      queue.add(happened('c', null, version(key, random.nextInt(2), random.nextInt(5) > 0)));
    } else if (seen.contains(row)) {
      switch (random.nextInt(5)) {
        case 0 -> queue.add(happened('d', row, null));
        case 1 -> move(row, queue);
        case 2 -> changeKey(row, random.nextInt(KEYS), queue);
        case 3 -> queue.add(happened('u', row, version(key, row.partition, !row.matches)));
        default -> queue.add(happened('u', row, version(key, row.partition, row.matches)));
      }
    }
  }

  /** To another partition. */
  private void move(Live row, List<Change> queue) {
    queue.add(happened('d', row, null));
    queue.add(happened('c', null, version(row.key, 1 - row.partition, row.matches)));
  }

  private void changeKey(Live row, int key, List<Change> queue) {
    if (!live.containsKey(key)) {
      queue.add(happened('u', row, version(key, row.partition, row.matches)));
    }
  }

  private Change happened(char op, @Nullable Live before, @Nullable Live after) {
    Change change = new Change(op, before, after);
    if (before != null) {
      live.remove(before.key);
    }
    if (after != null) {
      live.put(after.key, after);
    }
    for (Live side : sides(before, after)) {
      ofKey.computeIfAbsent(side.key, any -> new ArrayList<>()).add(change);
    }
    return change;
  }

  /** Of those that the row filter lets pass. */
  private static Set<Live> sides(@Nullable Live before, @Nullable Live after) {
    Map<Integer, Live> sides = new HashMap<>();
    for (@Nullable Live side : new Live[] {before, after}) {
      if (side != null && side.matches) {
        sides.put(side.key, side);
      }
    }
    return new HashSet<>(sides.values());
  }

  private void truncate() {
    Change change = new Change('t', null, null);
    live.clear();
    places = 0;
    change.id = outbox.size() + 1L;
    outbox.add(row(change.id, 't', null, null));
    ofKey.values().forEach(changes -> changes.add(change));
  }

  /** As {@code puck.define_capture} has it. */
  private void capture(Change change, int depth) {
    boolean was = change.before != null && change.before.matches;
    boolean is = change.after != null && change.after.matches;
    if (was || is || (change.op == 'u' && depth > 1)) {
      char op = was && is ? 'u' : is ? 'c' : was ? 'd' : '-';
      change.id = outbox.size() + 1L;
      outbox.add(row(change.id, op, change.before, change.after));
    }
    if (random.nextInt(10) == 0) {
      outbox.add(message(outbox.size() + 1L));
    }
  }

  private Live version(int key, int partition, boolean matches) {
    return new Live(key, ++places, partition, matches);
  }

  private List<Integer> keysOf(OutboxRow row) {
    if (row.op() == 't') {
      return List.copyOf(ofKey.keySet()).stream().filter(key -> knewTruncate(key, row)).toList();
    }
    return IntStream.range(0, KEYS)
        .filter(key -> text(key).equals(row.key()) || text(key).equals(row.oldKey()))
        .boxed()
        .toList();
  }

  private boolean knewTruncate(int key, OutboxRow row) {
    return ofKey.get(key).stream().anyMatch(change -> change.id == row.id());
  }

  private OutboxRow row(long id, char op, @Nullable Live before, @Nullable Live after) {
    @Nullable Live place = after != null ? after : before;
    boolean isLink = op == '-';
    @Nullable Live key = op == 'd' ? before : after;
    Function<@Nullable Live, @Nullable Utf8> image =
        side -> side == null || isLink ? null : Utf8.of("{\"v\":" + side.place + "}");
    return new OutboxRow(
        id,
        xid,
        0,
        place == null ? 0 : 1000 * xid + place.partition,
        before == null ? null : ctid(before),
        after == null ? null : ctid(after),
        'r',
        op,
        schema,
        "t",
        key == null || isLink ? null : text(key.key),
        op == 'u' && before.key != after.key ? text(before.key) : null,
        op == 'c' ? null : image.apply(before),
        op == 'd' ? null : image.apply(after),
        null,
        null,
        null);
  }

  private OutboxRow message(long id) {
    return new OutboxRow(
        id,
        xid,
        0,
        0,
        null,
        null,
        'm',
        ' ',
        null,
        "c",
        text(1),
        null,
        null,
        null,
        Utf8.of("x"),
        null,
        null);
  }

  private static String ctid(Live row) {
    return "(" + row.place / 10 + "," + (row.place % 10 + 1) + ")";
  }
}
