package dev.puck.consumer.projection;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The places of the events that a projection in memory set aside, the newest 100,000 of them: what
 * is forgotten counts as settled, and is not replayed. Thread-safe.
 */
public final class SetAside {
  private static final int KEPT = 100_000;

  private final Map<EventPlace, Standing> places =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EventPlace, Standing> eldest) {
          return size() > KEPT;
        }
      };

  /** The projection lacks that event. */
  public synchronized void add(IncomingEvent event) {
    places.put(EventPlace.of(event), Standing.DEAD);
  }

  /** It has it now. */
  public synchronized void replayed(IncomingEvent event) {
    places.put(EventPlace.of(event), Standing.REPLAYED);
  }

  public synchronized Standing standing(EventPlace place) {
    return places.getOrDefault(place, Standing.SETTLED);
  }

  /** As {@link Replayable#standing}. */
  public synchronized Map<EventPlace, Standing> standing(Collection<EventPlace> of) {
    Map<EventPlace, Standing> standing = new HashMap<>();
    of.forEach(place -> standing.put(place, standing(place)));
    return standing;
  }
}
