package dev.puck.consumer.audit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Tells how much is right, with as many digits as that has nines. */
final class Nines {
  private static final int LEAST_DIGITS = 2;

  private Nines() {}

  /** For example {@code all of 14,839}, or {@code 99.998 %}: never more than is true. */
  static String of(long checked, long divergent) {
    if (divergent == 0) {
      return String.format(Locale.ROOT, "all of %,d", checked);
    }
    double wrong = 100.0 * divergent / checked;
    int digits = Math.max(LEAST_DIGITS, (int) Math.ceil(-Math.log10(wrong)));
    BigDecimal right =
        BigDecimal.valueOf(checked - divergent)
            .movePointRight(2)
            .divide(BigDecimal.valueOf(checked), digits, RoundingMode.DOWN);
    return right.toPlainString() + " %";
  }
}
