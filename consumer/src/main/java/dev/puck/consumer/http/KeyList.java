package dev.puck.consumer.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.BadRequestResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the keys that a request asks for. */
final class KeyList {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private KeyList() {}

  /**
   * The keys of a JSON array of texts or numbers.
   *
   * @throws BadRequestResponse if it is none
   */
  static List<String> parse(byte[] body) {
    List<String> keys = new ArrayList<>();
    for (JsonNode key : array(body)) {
      if (!key.isTextual() && !key.isNumber()) {
        throw new BadRequestResponse("the key " + key + " is neither a text nor a number");
      }
      keys.add(key.asText());
    }
    return keys;
  }

  private static JsonNode array(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      if (json.isArray()) {
        return json;
      }
    } catch (IOException e) {
      throw new BadRequestResponse("the body is not JSON; send an array of keys");
    }
    throw new BadRequestResponse("the body is no array; send an array of keys");
  }
}
