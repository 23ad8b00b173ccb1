package dev.puck.lab.proof.sabotage;

import static java.util.Objects.requireNonNull;

import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.publisher.Publisher;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Keeps no counts in the checkpoint: who goes on within a transaction begins to count anew. */
final class ForgottenTransactions extends DelegatingPublisher {
  private static final Pattern OPEN = Pattern.compile(",\"open\":\\[.*?}}]");

  ForgottenTransactions(Publisher right) {
    super(right);
  }

  @Override
  public void claim(OutgoingEvent checkpoint) throws InterruptedException {
    right.claim(without(checkpoint));
  }

  @Override
  public void commit(OutgoingEvent checkpoint) {
    right.commit(without(checkpoint));
  }

  private static OutgoingEvent without(OutgoingEvent checkpoint) {
    String json = new String(requireNonNull(checkpoint.value()), StandardCharsets.UTF_8);
    return new OutgoingEvent(
        checkpoint.topic(),
        checkpoint.partition(),
        requireNonNull(checkpoint.key()),
        OPEN.matcher(json).replaceFirst("").getBytes(StandardCharsets.UTF_8),
        checkpoint.headers(),
        checkpoint.channel());
  }
}
