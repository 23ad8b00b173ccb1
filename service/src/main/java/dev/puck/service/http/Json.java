package dev.puck.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.util.Map;

/** JSON answers, made by Jackson from records and maps. */
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /** Answers with that status and value. */
  public static void answer(Context context, int status, Object value) {
    try {
      context
          .status(status)
          .contentType("application/json")
          .result(MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(value.getClass() + " does not become JSON", e);
    }
  }

  /** Answers with an error that says what happened. */
  public static void error(Context context, int status, String message) {
    answer(context, status, Map.of("error", message));
  }
}
