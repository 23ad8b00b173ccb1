package dev.puck.bridge.fake;

import dev.puck.bridge.relay.RelayListener;
import dev.puck.bridge.source.Gap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Writes down what it hears. Thread-safe. */
public final class RecordingListener implements RelayListener {
  private final List<String> heard = new CopyOnWriteArrayList<>();

  /** What it heard, in order. */
  public List<String> heard() {
    return List.copyOf(heard);
  }

  @Override
  public void received(int messages) {
    heard.add("received " + messages);
  }

  @Override
  public void published(int events) {
    heard.add("published " + events);
  }

  @Override
  public void deadLettered(String channel, @Nullable String reason) {
    heard.add("dead letter of " + channel + ": " + reason);
  }

  @Override
  public void gap(Gap gap) {
    heard.add("gap: " + gap.reason());
  }

  @Override
  public void sourceFailed(RuntimeException failure) {
    heard.add("failed: " + failure.getMessage());
  }
}
