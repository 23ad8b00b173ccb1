package dev.puck.consumer.http;

import java.util.Optional;

/**
 * Jobs as they are asked about and ordered over HTTP; thread-safe. All of it asks the database, and
 * throws {@link dev.puck.service.retry.TransientException} if that is away.
 */
public interface JobControl {
  /** All jobs, which Jackson can write. */
  Object list();

  /** One job with its history, which Jackson can write; empty if there is none of that name. */
  Optional<Object> get(String name);

  /** Has it run now; why not, or empty if it will. */
  Optional<String> run(String name);

  /** Takes it off its schedule; why not, or empty if it is done. */
  Optional<String> pause(String name);

  /** Puts it back on its schedule; why not, or empty if it is done. */
  Optional<String> resume(String name);

  /** Ends the run that goes on; why not, or empty if it was told to end. */
  Optional<String> cancel(String name);
}
