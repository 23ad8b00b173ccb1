package dev.puck.lab.proof.sabotage;

import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.publisher.Publisher;
import java.util.List;
import java.util.Optional;

/** Does all as another publisher does it, but for what a subclass does wrong. */
abstract class DelegatingPublisher implements Publisher {
  final Publisher right;

  DelegatingPublisher(Publisher right) {
    this.right = right;
  }

  @Override
  public void publish(List<OutgoingEvent> events) {
    right.publish(events);
  }

  @Override
  public void open() throws InterruptedException {
    right.open();
  }

  @Override
  public void claim(OutgoingEvent checkpoint) throws InterruptedException {
    right.claim(checkpoint);
  }

  @Override
  public void commit(OutgoingEvent checkpoint) {
    right.commit(checkpoint);
  }

  @Override
  public void flush() {
    right.flush();
  }

  @Override
  public int partitions(String topic) {
    return right.partitions(topic);
  }

  @Override
  public Optional<String> problem() {
    return right.problem();
  }

  @Override
  public long pending() {
    return right.pending();
  }

  @Override
  public void close() {
    right.close();
  }
}
