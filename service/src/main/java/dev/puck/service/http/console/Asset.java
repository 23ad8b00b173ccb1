package dev.puck.service.http.console;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** A file of the page, with a tag that changes with its bytes. Immutable. */
final class Asset {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final String contentType;
  private final byte[] bytes;
  private final String etag;

  /** One whose type its name tells; the bytes are its own from now on. */
  Asset(String name, byte[] bytes) {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    this.contentType = TYPES.getOrDefault(extension, "application/octet-stream");
    this.bytes = bytes;
    this.etag = '"' + digest(bytes) + '"';
  }

  String contentType() {
    return contentType;
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  String etag() {
    return etag;
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
