package dev.puck.service.http.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** What of a status is worth remembering: its numbers, and whose they are. */
final class Numbers {
  private static final Set<String> NAMES = Set.of("kind", "name");

  private Numbers() {}

  /** The same without texts, but for names; and without objects in which nothing is left. */
  static ObjectNode of(JsonNode status) {
    ObjectNode numbers = JsonNodeFactory.instance.objectNode();
    status
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (value.isNumber() || (value.isTextual() && NAMES.contains(field.getKey()))) {
                numbers.set(field.getKey(), value);
              } else if (value.isArray() && hasNumbers(value)) {
                numbers.set(field.getKey(), each(value));
              }
            });
    return numbers;
  }

  private static ArrayNode each(JsonNode array) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    array.forEach(
        element -> {
          if (hasNumbers(element)) {
            all.add(of(element));
          }
        });
    return all;
  }

  private static boolean hasNumbers(JsonNode node) {
    for (JsonNode child : node) {
      if (child.isNumber() || (child.isObject() && hasNumbers(child))) {
        return true;
      }
    }
    return false;
  }
}
