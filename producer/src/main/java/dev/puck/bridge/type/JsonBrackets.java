package dev.puck.bridge.type;

/** Writes an array's text output as JSON, but for the values. */
abstract class JsonBrackets implements ArrayText.Handler {
  final JsonBuffer json;

  JsonBrackets(JsonBuffer json) {
    this.json = json;
  }

  @Override
  public void open() {
    json.letter('[');
  }

  @Override
  public void close() {
    json.letter(']');
  }

  @Override
  public void separate() {
    json.letter(',');
  }

  @Override
  public void nothing() {
    json.raw("null");
  }
}
