package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.SourceListener;
import dev.puck.bridge.source.Utf8;
import dev.puck.bridge.source.outbox.ImageMapping.Image;
import dev.puck.bridge.type.JsonBuffer;
import dev.puck.bridge.type.MisfitRetry;
import dev.puck.bridge.type.TypeCatalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mapping of each shape of rows, made when it is first needed. Owned by one thread. */
final class ImageMappings {
  private static final int CAPACITY = 4096;
  private static final int MAX_KEPT_BYTES = 1 << 20;

  /** Shapes come from tables as they were: nobody knows how many. */
  private static final int MAX_SHAPES = 10_000;

  private final Connection connection;
  private final SourceListener listener;
  private final TypeCatalog types = new TypeCatalog();
  private final Map<String, ImageMapping> byShape = new HashMap<>();
  private final MisfitRetry retry = new MisfitRetry(this::reload);
  private JsonBuffer json = new JsonBuffer(CAPACITY);

  /**
   * @param connection to ask the catalog over, in whatever transaction it has
   */
  ImageMappings(Connection connection, SourceListener listener) {
    this.connection = connection;
    this.listener = listener;
  }

  /**
   * What a captured row becomes.
   *
   * @param shape as of {@link RowShape#parse}
   */
  Image map(String shape, Utf8 record) throws SQLException {
    MisfitRetry.Written<Image> written = retry.write(json, () -> mapping(shape).of(record, json));
    if (written.misfits() > 0) {
      listener.misfit(written.misfits());
    }
    if (json.bytes().length > MAX_KEPT_BYTES) {
      json = new JsonBuffer(CAPACITY);
    }
    return written.result();
  }

  private ImageMapping mapping(String shape) throws SQLException {
    @Nullable ImageMapping known = byShape.get(shape);
    if (known == null) {
      RowShape parsed = RowShape.parse(shape);
      known = new ImageMapping(types.rows(connection, parsed.columns()), parsed.keyColumns());
      if (byShape.size() >= MAX_SHAPES) {
        byShape.clear();
      }
      byShape.put(shape, known);
    }
    return known;
  }

  private void reload() {
    types.clear();
    byShape.clear();
  }
}
