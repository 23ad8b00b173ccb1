package dev.puck.consumer.cache;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

class MemoryCheckTest extends CheckContract {
  @Override
  CacheStore store(@Nullable Duration ttl, Duration tombstoneTtl, CacheMeters meters) {
    return new MemoryStore(true, new Lifetime(ttl, tombstoneTtl, Clock.systemUTC()), meters);
  }
}
