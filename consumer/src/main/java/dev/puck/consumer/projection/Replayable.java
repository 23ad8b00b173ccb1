package dev.puck.consumer.projection;

import dev.puck.service.retry.TransientException;
import java.util.Collection;
import java.util.Map;

/** A projection to which events that it set aside can be given again, once each. */
public interface Replayable extends Projection {
  /**
   * Whether other processes show the same state, so that a replay is for all of them. One in memory
   * is this process's alone, and lasts as long as it does.
   */
  boolean isShared();

  /**
   * What has become of the events that it set aside at those places, as far as it notes that
   * itself; of the others, what is noted among the dead letters. For all threads; may block.
   *
   * @throws TransientException if it cannot tell now
   */
  Map<EventPlace, Standing> standing(Collection<EventPlace> places);

  /**
   * Applies the event, which it set aside, alone; moves no offsets. Called by the thread of its
   * subscription.
   *
   * @throws PoisonEventException if it still cannot be applied; then nothing has changed
   * @throws TransientException if trying again may help
   * @throws StalledException if someone must mend something
   * @throws FencedException if the state is not the one that was left
   */
  Replayed replay(IncomingEvent event);
}
