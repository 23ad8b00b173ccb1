package dev.puck.consumer.freshness;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is waited for, and what is to be tidied up however the waiting ends. Thread-safe. */
final class Answer extends CompletableFuture<Void> {
  /** Ends as that does. */
  void follow(CompletableFuture<Void> other) {
    var unused = other.whenComplete((any, failure) -> end(failure));
  }

  /** Runs it at the end, be it a success, a failure or a time-out. */
  void onEnd(Runnable tidy) {
    var unused = whenComplete((any, failure) -> tidy.run());
  }

  private void end(@Nullable Throwable failure) {
    if (failure == null) {
      complete(null);
    } else {
      completeExceptionally(failure);
    }
  }
}
