package dev.puck.consumer.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How a replay ended.
 *
 * @param outcome {@link dev.puck.consumer.projection.Replayed}, or {@code failed}
 * @param error why it failed; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplayResult(String id, String projection, String outcome, @Nullable String error) {
  static final String FAILED = "failed";

  /** Whether it is still dead. */
  public boolean isFailed() {
    return outcome.equals(FAILED);
  }

  /** Whether there was nothing to replay. */
  public boolean isRefused() {
    return outcome.equals("repeated") || outcome.equals("settled");
  }
}
