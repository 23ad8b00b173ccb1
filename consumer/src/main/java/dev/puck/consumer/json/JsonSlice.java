package dev.puck.consumer.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.puck.consumer.projection.PoisonEventException;
import java.io.IOException;
import java.util.Arrays;

/**
 * A part of a JSON text in UTF-8, by its place.
 *
 * @param text the whole; whoever holds it must not change it
 * @param begin the part's first byte
 * @param end the byte behind it
 */
@SuppressWarnings("ArrayRecordComponent") // Lives for a moment and is never compared.
public record JsonSlice(byte[] text, int begin, int end) {
  /** Reads JSON as PostgreSQL and Kafka take it. */
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // What PostgreSQL and Kafka took is not too long for us.
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(10_000)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** Hears of the members of an object. */
  public interface Members {
    /**
     * One member; {@code value} is its place, and {@code parser} stands at its first token, to be
     * asked for a scalar's text.
     */
    void member(String name, JsonParser parser, JsonSlice value) throws IOException;
  }

  /** All of it. */
  public static JsonSlice whole(byte[] text) {
    return new JsonSlice(text, 0, text.length);
  }

  /** In bytes. */
  public int length() {
    return end - begin;
  }

  /** A copy of it. */
  public byte[] bytes() {
    return Arrays.copyOfRange(text, begin, end);
  }

  /**
   * Sees that it is one value.
   *
   * @throws PoisonEventException if it is not
   */
  public static void check(byte[] text) {
    try (JsonParser parser = whole(text).parser()) {
      if (parser.nextToken() == null) {
        throw new PoisonEventException("not JSON: empty");
      }
      parser.skipChildren();
      end(parser);
    } catch (IOException e) {
      throw notJson(e);
    }
  }

  /**
   * Goes through the members of this object, and sees that nothing comes after it.
   *
   * @throws PoisonEventException if it is no object
   */
  public void read(Members members) {
    try (JsonParser parser = parser()) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new PoisonEventException("no JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        member(parser, members);
      }
      end(parser);
    } catch (IOException e) {
      throw notJson(e);
    }
  }

  private void member(JsonParser parser, Members members) throws IOException {
    String name = parser.currentName();
    boolean isScalar = parser.nextToken().isScalarValue();
    int from = begin + (int) parser.currentTokenLocation().getByteOffset();
    if (isScalar) {
      parser.finishToken();
    } else {
      parser.skipChildren();
    }
    int to = begin + (int) parser.currentLocation().getByteOffset();
    members.member(name, parser, new JsonSlice(text, from, to));
  }

  /** Any other encoding would be read as well, but its offsets are not those of its bytes. */
  private JsonParser parser() throws IOException {
    if (length() > 1 && (text[begin] < 0 || text[begin] == 0 || text[begin + 1] == 0)) {
      throw new PoisonEventException("not JSON in UTF-8");
    }
    return FACTORY.createParser(text, begin, length());
  }

  private static void end(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new PoisonEventException("not JSON: more after its end");
    }
  }

  private static PoisonEventException notJson(IOException e) {
    return new PoisonEventException("not JSON: " + e.getMessage(), e);
  }
}
