package dev.puck.consumer.http;

import io.javalin.http.Context;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Entity tags: a value's version, in quotes. */
final class ETag {
  private ETag() {}

  /** Whether the caller has that version, which the answer tells in any case. */
  static boolean isKnown(Context context, @Nullable String version) {
    if (version == null) {
      return false;
    }
    String tag = "\"" + version + "\"";
    context.header("ETag", tag);
    @Nullable String known = context.header("If-None-Match");
    return known != null
        && Arrays.stream(known.split(","))
            .map(String::strip)
            .anyMatch(each -> each.equals("*") || each.equals(tag) || each.equals("W/" + tag));
  }
}
