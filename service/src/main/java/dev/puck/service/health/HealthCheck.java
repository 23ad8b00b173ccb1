package dev.puck.service.health;

import java.util.Optional;

/** One thing that must hold for a process to be ready. Called from HTTP threads; must not block. */
public interface HealthCheck {
  /** A short name, such as {@code source}. */
  String name();

  /** Why it does not hold, in words for an operator; empty if it does. */
  Optional<String> problem();
}
