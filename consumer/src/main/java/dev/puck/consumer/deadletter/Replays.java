package dev.puck.consumer.deadletter;

import dev.puck.consumer.projection.DeadLetter;
import dev.puck.consumer.projection.FencedException;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.consumer.projection.Replayable;
import dev.puck.consumer.projection.Replayed;
import dev.puck.consumer.projection.Standing;
import dev.puck.service.retry.TransientException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives dead letters to the projections that could not apply them, each to its own alone and in its
 * own thread. Blocks. Projections are added before others use it; then thread-safe.
 */
public final class Replays {
  private static final Logger LOGGER = LoggerFactory.getLogger(Replays.class);

  /** How long a projection may take until it is at it; longer than a batch usually does. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final Letters letters;
  private final KafkaDeadLetters topics;
  private final MeterRegistry registry;
  private final Map<String, Target> targets = new LinkedHashMap<>();

  public Replays(Letters letters, KafkaDeadLetters topics, MeterRegistry registry) {
    this.letters = letters;
    this.topics = topics;
    this.registry = registry;
  }

  private record Target(Replayable projection, Turn turn) {}

  /** A letter that its projection was given, and what it will say. */
  private record Given(KeptLetter letter, CompletableFuture<Replayed> answer) {}

  /** Lets the thread of a projection do something. */
  @FunctionalInterface
  public interface Turn {
    /** Done once it is; fails as the work does. Whoever gives up cancels it. */
    <T> CompletableFuture<T> run(Supplier<T> work);
  }

  /** Also adds it to the letters. */
  public void add(Replayable projection, List<String> from, Turn turn) {
    letters.add(projection, from);
    targets.put(projection.title(), new Target(projection, turn));
    for (Replayed outcome : Replayed.values()) {
      var unused = counter(projection.title(), outcome.text());
    }
    var unused = counter(projection.title(), ReplayResult.FAILED);
  }

  /**
   * Replays one letter.
   *
   * @param key under which the event is applied instead of its own; null: its own
   * @return empty if there is no such letter of this consumer's
   * @throws TransientException if it is not known whether it was: ask again, it is applied once
   */
  public Optional<ReplayResult> replay(String id, @Nullable String key) {
    Optional<Letters.Told> told = letters.told(id);
    if (told.isEmpty()) {
      return Optional.empty();
    }
    KeptLetter letter = told.get().letter();
    if (told.get().standing() != Standing.DEAD) {
      return Optional.of(result(letter, Replayed.nothing(told.get().standing()).text(), null));
    }
    return Optional.of(end(give(letter, key), letter));
  }

  /**
   * Replays the oldest letters of a projection that became some before then; those that fail once
   * more become new ones.
   *
   * @throws TransientException as {@link #replay}
   */
  public List<ReplayResult> replayAll(String projection, Instant before, int limit) {
    List<Given> given = new ArrayList<>();
    for (KeptLetter letter : letters.dead(projection, before, limit)) {
      given.add(give(letter, null));
    }
    return given.stream().map(each -> end(each, each.letter)).toList();
  }

  private Given give(KeptLetter letter, @Nullable String key) {
    @Nullable Target target = targets.get(letter.projection());
    if (target == null) {
      throw new IllegalStateException(letter.projection() + " was never added");
    }
    IncomingEvent event = key == null ? letter.event() : letter.under(key).event();
    return new Given(letter, target.turn.run(() -> target.projection.replay(event)));
  }

  private ReplayResult end(Given given, KeptLetter letter) {
    try {
      Replayed outcome = given.answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (isShared(letter)) {
        topics.markReplayed(letter);
      }
      return result(letter, outcome.text(), null);
    } catch (TimeoutException e) {
      given.answer.cancel(false);
      throw new TransientException(
          "The projection "
              + letter.projection()
              + " is busy, or what it needs is away; whether "
              + letter.id()
              + " was replayed is not known. Ask again: it is applied once.",
          e);
    } catch (ExecutionException e) {
      return failed(letter, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientException("Interrupted while replaying " + letter.id(), e);
    }
  }

  private ReplayResult failed(KeptLetter letter, Throwable cause) {
    if (cause instanceof PoisonEventException poison) {
      @Nullable Target target = targets.get(letter.projection());
      if (target != null) {
        topics.send(List.of(DeadLetter.of(target.projection, letter.event(), poison)));
      }
      return result(letter, ReplayResult.FAILED, poison.getMessage());
    }
    if (cause instanceof TransientException transientFailure) {
      throw transientFailure;
    }
    if (cause instanceof FencedException) {
      throw new TransientException("Not replayed: " + cause.getMessage() + ". Ask again.", cause);
    }
    LOGGER
        .atWarn()
        .addKeyValue("deadLetter", letter.id())
        .addKeyValue("projection", letter.projection())
        .setCause(cause)
        .log("Replay failed");
    return result(letter, ReplayResult.FAILED, cause.toString());
  }

  private boolean isShared(KeptLetter letter) {
    @Nullable Target target = targets.get(letter.projection());
    return target != null && target.projection.isShared();
  }

  private ReplayResult result(KeptLetter letter, String outcome, @Nullable String error) {
    counter(letter.projection(), outcome).increment();
    LOGGER
        .atInfo()
        .addKeyValue("deadLetter", letter.id())
        .addKeyValue("projection", letter.projection())
        .addKeyValue("outcome", outcome)
        .log("Replay ended");
    return new ReplayResult(letter.id(), letter.projection(), outcome, error);
  }

  private Counter counter(String title, String outcome) {
    int slash = title.indexOf('/');
    return Counter.builder("puck.consumer.replays")
        .description("Dead letters that were replayed, by what became of them.")
        .tag("kind", title.substring(0, slash))
        .tag("projection", title.substring(slash + 1))
        .tag("outcome", outcome)
        .register(registry);
  }
}
