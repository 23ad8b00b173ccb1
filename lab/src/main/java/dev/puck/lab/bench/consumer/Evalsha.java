package dev.puck.lab.bench.consumer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A call of a script, as a cache sends it for one key.
 *
 * @param words the command with its arguments, of which the fourth is the key
 */
record Evalsha(List<byte[]> words) {
  private static final int KEY = 3;

  Evalsha {
    words = List.copyOf(words);
  }

  /**
   * The first that the server tells of.
   *
   * @param monitor on which {@code MONITOR} was sent before the cache began to write
   * @param keyPrefix what the names of entries begin with
   */
  static Evalsha first(RedisConnection monitor, String keyPrefix) throws IOException {
    while (true) {
      String line = monitor.line();
      Evalsha call = new Evalsha(parse(line));
      if (line.contains("\"evalsha\"") || line.contains("\"EVALSHA\"")) {
        if (call.words.size() > KEY && text(call.words.get(KEY)).startsWith(keyPrefix)) {
          return call;
        }
      }
    }
  }

  /** The same for another key. */
  Evalsha withKey(String key) {
    List<byte[]> others = new ArrayList<>(words);
    others.set(KEY, key.getBytes(StandardCharsets.UTF_8));
    return new Evalsha(others);
  }

  /** Its words as text, for a command line. */
  List<String> texts() {
    return words.stream().map(Evalsha::text).toList();
  }

  /** The words in quotes, behind time and client. */
  static List<byte[]> parse(String line) {
    List<byte[]> words = new ArrayList<>();
    int at = line.indexOf('"');
    while (at >= 0) {
      ByteArrayOutputStream word = new ByteArrayOutputStream();
      int i = at + 1;
      while (line.charAt(i) != '"') {
        i = line.charAt(i) == '\\' ? unescape(line, i + 1, word) : plain(line, i, word);
      }
      words.add(word.toByteArray());
      at = line.indexOf('"', i + 1);
    }
    return words;
  }

  private static int plain(String line, int at, ByteArrayOutputStream word) {
    word.write(line.charAt(at));
    return at + 1;
  }

  private static int unescape(String line, int at, ByteArrayOutputStream word) {
    switch (line.charAt(at)) {
      case 'x' -> {
        word.write(Integer.parseInt(line.substring(at + 1, at + 3), 16));
        return at + 3;
      }
      case 'n' -> word.write('\n');
      case 'r' -> word.write('\r');
      case 't' -> word.write('\t');
      case 'a' -> word.write(7);
      case 'b' -> word.write('\b');
      default -> word.write(line.charAt(at));
    }
    return at + 1;
  }

  private static String text(byte[] word) {
    return new String(word, StandardCharsets.UTF_8);
  }
}
