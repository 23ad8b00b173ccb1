package dev.puck.lab.bench.stage;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Which row a record tells of: the number under {@code "id"} in its key, else in its value. */
public final class RecordNumber {
  private static final byte[] ID = "\"id\":".getBytes(StandardCharsets.UTF_8);

  private RecordNumber() {}

  /** The number; -1 if it tells of none. */
  public static long of(ConsumerRecord<byte[], byte[]> event) {
    int inKey = after(event.key());
    return inKey >= 0 ? number(event.key(), inKey) : number(event.value(), after(event.value()));
  }

  private static int after(byte @Nullable [] json) {
    for (int at = 0; json != null && at + ID.length < json.length; at++) {
      if (startsAt(json, at)) {
        return at + ID.length;
      }
    }
    return -1;
  }

  private static boolean startsAt(byte[] json, int at) {
    for (int i = 0; i < ID.length; i++) {
      if (json[at + i] != ID[i]) {
        return false;
      }
    }
    return true;
  }

  private static long number(byte[] json, int begin) {
    if (begin < 0) {
      return -1;
    }
    long number = 0;
    int at = begin;
    while (at < json.length && (json[at] == ' ' || Character.isDigit(json[at]))) {
      number = json[at] == ' ' ? number : number * 10 + json[at] - '0';
      at++;
    }
    return number;
  }
}
