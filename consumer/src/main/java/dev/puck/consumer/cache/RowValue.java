package dev.puck.consumer.cache;

import com.fasterxml.jackson.core.JsonParser;
import dev.puck.consumer.json.JsonSlice;
import dev.puck.consumer.projection.PoisonEventException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The row after a change, from whichever of the bridge's formats the change is written in. */
final class RowValue implements JsonSlice.Members {
  private @Nullable String op;
  private @Nullable String flatOp;
  private boolean hasSchema;
  private @Nullable JsonSlice after;
  private @Nullable JsonSlice payload;

  private RowValue() {}

  /**
   * The row; null: it is gone.
   *
   * @throws PoisonEventException if it is no row change
   */
  static byte @Nullable [] of(byte[] payload) {
    return of(JsonSlice.whole(payload));
  }

  private static byte @Nullable [] of(JsonSlice change) {
    RowValue members = new RowValue();
    change.read(members);
    return members.row(change);
  }

  private byte @Nullable [] row(JsonSlice change) {
    if (flatOp != null) {
      return flatOp.equals("d") ? null : change.bytes();
    }
    if (op == null && hasSchema && payload != null) {
      return of(payload);
    }
    if (op == null) {
      throw new PoisonEventException("no row change: it has neither op nor __op");
    }
    if (op.equals("d")) {
      return null;
    }
    if (after == null || after.text()[after.begin()] != '{') {
      throw new PoisonEventException("no row change: its op is " + op + " and it has no after");
    }
    return after.bytes();
  }

  @Override
  public void member(String name, JsonParser parser, JsonSlice value) throws IOException {
    switch (name) {
      case "op" -> op = parser.getText();
      case "__op" -> flatOp = parser.getText();
      case "after" -> after = value;
      case "schema" -> hasSchema = true;
      case "payload" -> payload = value;
      default -> {}
    }
  }
}
