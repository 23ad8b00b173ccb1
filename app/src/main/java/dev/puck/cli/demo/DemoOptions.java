package dev.puck.cli.demo;

import dev.puck.bridge.config.SourceType;
import dev.puck.cli.demo.play.Play;
import dev.puck.service.config.Problems;
import java.time.Duration;

/**
 * What the user wants to see.
 *
 * @param source where the bridge reads
 * @param duration how long the crowd is busy
 * @param crowd how many write how often
 * @param play whose speeches are tweeted
 * @param keep whether to stay after the comparison
 */
public record DemoOptions(
    SourceType source, Duration duration, CrowdSize crowd, Play play, boolean keep) {
  private static final Duration MAX_DURATION = Duration.ofDays(1);

  public DemoOptions {
    new Problems()
        .positive("--duration", duration)
        .check(
            duration.compareTo(MAX_DURATION) <= 0, "--duration", "is longer than a day; take less.")
        .throwIfAny();
  }
}
