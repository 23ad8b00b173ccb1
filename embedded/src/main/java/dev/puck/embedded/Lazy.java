package dev.puck.embedded;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value made at the first request; others that ask meanwhile wait for it. */
final class Lazy<T> {
  private final Supplier<T> maker;
  private @Nullable T value;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  synchronized T get() {
    T present = value;
    if (present == null) {
      present = maker.get();
      value = present;
    }
    return present;
  }
}
