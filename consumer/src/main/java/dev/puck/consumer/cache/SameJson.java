package dev.puck.consumer.cache;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.consumer.json.JsonSlice;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;

/** Tells whether two JSON texts say the same: in whatever order members are, and 1.0 as 1.00. */
final class SameJson {
  private static final JsonMapper JSON =
      JsonMapper.builder(JsonSlice.FACTORY.copy())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private static final Comparator<JsonNode> NUMBERS_BY_VALUE =
      (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
          return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
      };

  private SameJson() {}

  /** What is no JSON is the same as nothing else. */
  static boolean test(byte[] one, byte[] other) {
    if (Arrays.equals(one, other)) {
      return true;
    }
    try {
      return JSON.readTree(one).equals(NUMBERS_BY_VALUE, JSON.readTree(other));
    } catch (IOException e) {
      return false;
    }
  }
}
