package dev.puck.consumer.http;

import java.util.concurrent.CompletableFuture;

/** Tells when a cache shows what a token stands for. Thread-safe; never blocks. */
public interface Freshness {
  /** Whether it can tell, of that cache. */
  boolean knows(String cache);

  /** Done once it does; fails if that cannot be told. Whoever gives up cancels it. */
  CompletableFuture<Void> when(String cache, String token);

  /** What is missing, for a person. */
  String missing(String cache, String token);
}
