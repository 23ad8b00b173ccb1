package dev.puck.consumer.cache;

import dev.puck.consumer.projection.SourceSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** A Lua script for one key, which Redis knows by its digest. */
final class RedisScript {
  static final RedisScript WRITE = ofEntry("write.lua");
  static final RedisScript TRUNCATE = ofEntry("truncate.lua");
  static final RedisScript ALIGN = ofEntry("align.lua");
  static final RedisScript REMOVE = ofEntry("remove.lua");
  static final RedisScript REPAIR = ofEntry("repair.lua");
  static final RedisScript BEGIN = new RedisScript(file("begin.lua"));
  static final RedisScript ADVANCE = new RedisScript(file("advance.lua"));
  static final RedisScript ALIGNED = new RedisScript(file("aligned.lua"));

  private final String text;
  private final byte[] sha;

  private RedisScript(String text) {
    this.text = text;
    this.sha = sha1(text).getBytes(StandardCharsets.US_ASCII);
  }

  private static RedisScript ofEntry(String name) {
    String common =
        file("entry.lua")
            .replace("CLOCKS_APART_MICROS", Long.toString(SourceSnapshot.CLOCKS_APART_MICROS));
    return new RedisScript(common + file(name));
  }

  String text() {
    return text;
  }

  /** Whoever asks must not change it. */
  byte[] sha() {
    return sha;
  }

  private static String file(String name) {
    try (InputStream file = RedisScript.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
