package dev.puck.cli.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.service.config.ConfigException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to put in place of columns' values, as the command line writes it, {@code COLUMN=RULE}, and
 * as {@code puck.watch} takes it, a JSON object.
 *
 * <p>A rule is {@code null}, {@code sha256}, a constant in JSON, or else a text as it is.
 */
public final class Masks {
  private static final String HASH = "sha256";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Masks() {}

  /**
   * The JSON object for those rules; null where there are none.
   *
   * @throws ConfigException if one is not COLUMN=RULE
   */
  public static @Nullable String toJson(List<String> rules) {
    ObjectNode mask = JSON.createObjectNode();
    for (String rule : rules) {
      int equals = rule.indexOf('=');
      if (equals < 1) {
        throw new ConfigException(
            "--mask is '%s'; it must be COLUMN=RULE, such as email=sha256 or phone=null."
                .formatted(rule));
      }
      mask.set(rule.substring(0, equals), rule(rule.substring(equals + 1)));
    }
    return mask.isEmpty() ? null : mask.toString();
  }

  /** The rules of that JSON object, as {@link #toJson} takes them. */
  static List<String> fromJson(String json) {
    try {
      return JSON.readTree(json).properties().stream()
          .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
          .toList();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL's jsonb is JSON: " + json, e);
    }
  }

  private static JsonNode rule(String text) {
    if (text.equals(HASH)) {
      return JSON.createObjectNode().put("hash", HASH);
    }
    try {
      JsonNode constant = JSON.readTree(text);
      return constant.isMissingNode() ? JSON.getNodeFactory().textNode(text) : constant;
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().textNode(text);
    }
  }

  private static String text(JsonNode rule) {
    if (rule.isObject()) {
      return rule.path("hash").asText();
    }
    boolean plain = rule.isTextual() && rule(rule.textValue()).equals(rule);
    return plain ? rule.textValue() : rule.toString();
  }
}
