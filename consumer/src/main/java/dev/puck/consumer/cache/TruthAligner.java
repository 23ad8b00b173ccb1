package dev.puck.consumer.cache;

import dev.puck.consumer.projection.Alignable;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the truth's rows to an alignment. Owned by one thread. */
final class TruthAligner implements Alignable.Aligner {
  private static final Logger LOGGER = LoggerFactory.getLogger(TruthAligner.class);

  private final String cache;
  private final Alignment alignment;
  private final Runnable onEnd;

  TruthAligner(String cache, Alignment alignment, Runnable onEnd) {
    this.cache = cache;
    this.alignment = alignment;
    this.onEnd = onEnd;
  }

  @Override
  public void add(List<String> rows) {
    alignment.rows(rows.stream().map(TruthRow::parse).toList());
  }

  @Override
  public void finish() {
    Alignment.Result result = alignment.finish();
    onEnd.run();
    LOGGER
        .atInfo()
        .addKeyValue("cache", cache)
        .addKeyValue("replaced", result.replaced())
        .addKeyValue("newer", result.newer())
        .addKeyValue("removed", result.removed())
        .log("Cache is in line with the truth");
  }
}
