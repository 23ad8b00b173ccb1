package dev.puck.consumer.deadletter;

import dev.puck.consumer.projection.Failure;
import dev.puck.consumer.projection.Standing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter, as it is shown.
 *
 * @param id what it is asked for by
 * @param projection who could not apply it, as {@code kind/name}
 * @param topic where the event stands, with partition and offset
 * @param timestamp of the event's record
 * @param at when it could not be applied
 * @param state {@code dead}, {@code replayed} or {@code settled}: {@link Standing}
 * @param version of the Puck that could not
 * @param key as text; null: none
 * @param value as text, in a list its beginning; null: a tombstone
 * @param bytes key and value in Base64, and the event's headers as text; in a list null
 */
public record LetterStatus(
    String id,
    String projection,
    String topic,
    int partition,
    long offset,
    String timestamp,
    String at,
    String state,
    Failure error,
    String version,
    @Nullable String key,
    @Nullable String value,
    @Nullable Bytes bytes) {
  static final int BEGINNING = 200;

  /** What the texts may not show. */
  public record Bytes(@Nullable String key, @Nullable String value, Map<String, String> headers) {
    public Bytes {
      headers = Map.copyOf(headers);
    }
  }

  /** As a list shows it. */
  static LetterStatus brief(KeptLetter letter, Standing standing) {
    @Nullable String value = text(letter.event().record().value(), BEGINNING);
    return of(letter, standing, value, null);
  }

  /** All of it. */
  static LetterStatus whole(KeptLetter letter, Standing standing) {
    Map<String, String> headers = new LinkedHashMap<>();
    letter
        .event()
        .record()
        .headers()
        .forEach(each -> headers.put(each.key(), String.valueOf(text(each.value(), BEGINNING))));
    Bytes bytes =
        new Bytes(base64(letter.event().key()), base64(letter.event().record().value()), headers);
    @Nullable String value = text(letter.event().record().value(), Integer.MAX_VALUE);
    return of(letter, standing, value, bytes);
  }

  private static LetterStatus of(
      KeptLetter letter, Standing standing, @Nullable String value, @Nullable Bytes bytes) {
    return new LetterStatus(
        letter.id(),
        letter.projection(),
        letter.event().record().topic(),
        letter.event().record().partition(),
        letter.event().record().offset(),
        Instant.ofEpochMilli(letter.event().record().timestamp()).toString(),
        letter.at().toString(),
        standing.text(),
        letter.failure(),
        letter.version(),
        text(letter.event().key(), BEGINNING),
        value,
        bytes);
  }

  private static @Nullable String text(byte @Nullable [] bytes, int most) {
    if (bytes == null) {
      return null;
    }
    String text = new String(bytes, 0, Math.min(bytes.length, most), StandardCharsets.UTF_8);
    return bytes.length > most ? text + "…" : text;
  }

  private static @Nullable String base64(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }
}
