package dev.puck.consumer.deadletter;

import dev.puck.consumer.projection.EventPlace;
import dev.puck.consumer.projection.Replayable;
import dev.puck.consumer.projection.Standing;
import dev.puck.event.DeadLetterTopic;
import dev.puck.service.connection.Kafka;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of a consumer's projections: read from their topics, with what the projections
 * say has become of them. Blocks. Projections are added before others use it; then thread-safe.
 */
public final class Letters implements AutoCloseable {
  /** How far a list looks back in each topic. */
  private static final long LOOKED_AT = 10_000;

  private final LetterReader reader;
  private final String consumer;
  private final Map<String, Replayable> projections = new LinkedHashMap<>();
  private final Set<String> topics = new TreeSet<>();

  /** Those of the consumer of that name. */
  public Letters(Kafka kafka, String consumer) {
    this.reader = new LetterReader(kafka);
    this.consumer = consumer;
  }

  /** A letter, and what has become of it. */
  record Told(KeptLetter letter, Standing standing) {}

  void add(Replayable projection, List<String> from) {
    projections.put(projection.title(), projection);
    from.forEach(topic -> topics.add(DeadLetterTopic.of(topic)));
  }

  /**
   * The newest first.
   *
   * @param projection as {@code kind/name}, or a name alone; null: of all
   * @param all those that are not dead any more, too
   * @throws dev.puck.service.retry.TransientException if Kafka or a database does not answer
   */
  public List<LetterStatus> list(@Nullable String projection, int limit, boolean all) {
    return newest(projection).stream()
        .filter(each -> all || each.standing == Standing.DEAD)
        .limit(limit)
        .map(each -> LetterStatus.brief(each.letter, each.standing))
        .toList();
  }

  /** The letter of that id, whole; empty if there is none of this consumer's. As {@link #list}. */
  public Optional<LetterStatus> find(String id) {
    return told(id).map(each -> LetterStatus.whole(each.letter, each.standing));
  }

  /** The oldest dead ones of a projection from before then, whole. */
  List<KeptLetter> dead(String projection, Instant before, int limit) {
    List<Told> newest = newest(projection);
    Collections.reverse(newest);
    Set<KeptLetter.Identity> oldest =
        newest.stream()
            .filter(each -> each.standing == Standing.DEAD && each.letter.at().isBefore(before))
            .limit(limit)
            .map(each -> each.letter.identity())
            .collect(Collectors.toSet());
    if (oldest.isEmpty()) {
      return List.of();
    }
    LetterScan scan =
        new LetterScan(
            letter -> isOurs(letter) && oldest.contains(letter.identity()), Integer.MAX_VALUE);
    reader.newest(topics, LOOKED_AT, scan);
    return scan.letters();
  }

  @Override
  public void close() {
    reader.close();
  }

  /** As it was kept last: a replay that failed keeps it once more. */
  Optional<Told> told(String id) {
    Optional<EventPlace> place = KeptLetter.parse(id);
    if (place.isEmpty() || !topics.contains(place.get().partition().topic())) {
      return Optional.empty();
    }
    Same same = new Same(id);
    LetterScan scan = new LetterScan(same::test, Integer.MAX_VALUE);
    TopicPartition kept = place.get().partition();
    reader.from(kept, place.get().offset(), scan);
    return tell(scan).stream().findFirst();
  }

  private List<Told> newest(@Nullable String projection) {
    LetterScan scan =
        new LetterScan(
            letter -> isOurs(letter) && isOf(letter, projection), LetterStatus.BEGINNING + 1);
    reader.newest(topics, LOOKED_AT, scan);
    List<Told> letters = tell(scan);
    letters.sort(Comparator.comparing((Told each) -> each.letter.at()).reversed());
    return letters;
  }

  private List<Told> tell(LetterScan scan) {
    List<KeptLetter> letters = scan.letters();
    Map<KeptLetter.Identity, Standing> known = new HashMap<>();
    letters.stream()
        .collect(Collectors.groupingBy(KeptLetter::projection))
        .forEach((title, some) -> known.putAll(standing(title, some)));
    List<Told> told = new ArrayList<>();
    for (KeptLetter letter : letters) {
      Standing noted = scan.isReplayed(letter) ? Standing.REPLAYED : Standing.DEAD;
      told.add(new Told(letter, known.getOrDefault(letter.identity(), noted)));
    }
    return told;
  }

  private Map<KeptLetter.Identity, Standing> standing(String title, List<KeptLetter> letters) {
    Map<KeptLetter.Identity, Standing> standing = new HashMap<>();
    @Nullable Replayable projection = projections.get(title);
    if (projection != null) {
      projection
          .standing(letters.stream().map(each -> each.identity().place()).toList())
          .forEach((place, each) -> standing.put(new KeptLetter.Identity(title, place), each));
    }
    return standing;
  }

  private boolean isOurs(KeptLetter letter) {
    return letter.consumer().equals(consumer) && projections.containsKey(letter.projection());
  }

  private static boolean isOf(KeptLetter letter, @Nullable String projection) {
    return projection == null
        || letter.projection().equals(projection)
        || letter.projection().endsWith("/" + projection);
  }

  /** The letter of an id, and what was kept of it later. */
  private final class Same {
    private final String id;
    private KeptLetter.@Nullable Identity identity;

    Same(String id) {
      this.id = id;
    }

    boolean test(KeptLetter letter) {
      if (isOurs(letter) && letter.id().equals(id)) {
        identity = letter.identity();
      }
      return isOurs(letter) && letter.identity().equals(identity);
    }
  }
}
