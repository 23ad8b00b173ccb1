package dev.puck.consumer.projection;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which keys an audit looks at: about so many, chosen by a hash, so that the same seed chooses the
 * same ones wherever they are met.
 *
 * @param keys how many of the truth's; null: all
 * @param seed another one chooses others
 */
public record Sample(@Nullable Integer keys, long seed) {
  /** Every key. */
  public static final Sample ALL = new Sample(null, 0);

  public Sample {
    if (keys != null && keys < 1) {
      throw new IllegalArgumentException("A sample of " + keys + " keys; it must have one or more");
    }
  }

  /** So many, whichever they are. */
  public static Sample any(int keys) {
    return new Sample(keys, ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
  }

  /** Those with the lowest are in the sample. */
  public long rank(String key) {
    long hash = seed ^ 0xcbf29ce484222325L;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    return mixed(hash);
  }

  /** As SplittableRandom does, since keys that differ in their last digit only are the rule. */
  private static long mixed(long hash) {
    long once = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    long twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
    return twice ^ (twice >>> 31);
  }
}
