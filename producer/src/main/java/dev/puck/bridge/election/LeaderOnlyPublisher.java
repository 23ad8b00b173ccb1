package dev.puck.bridge.election;

import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.publisher.Publisher;
import java.util.List;
import java.util.Optional;

/** Publishes only as long as this process leads for sure. */
public final class LeaderOnlyPublisher implements Publisher {
  private final Publisher publisher;
  private final Leadership leadership;

  /** The leadership stays the caller's to close. */
  public LeaderOnlyPublisher(Publisher publisher, Leadership leadership) {
    this.publisher = publisher;
    this.leadership = leadership;
  }

  @Override
  public void open() throws InterruptedException {
    leadership.confirm();
    publisher.open();
  }

  @Override
  public void claim(OutgoingEvent checkpoint) throws InterruptedException {
    leadership.confirm();
    publisher.claim(checkpoint);
  }

  @Override
  public void publish(List<OutgoingEvent> events) {
    leadership.confirm();
    publisher.publish(events);
  }

  /**
   * Waits for what was published before it makes sure, where nobody else would stop a checkpoint of
   * one who was stopped meanwhile: it would take the next leader back.
   */
  @Override
  public void commit(OutgoingEvent checkpoint) {
    if (!isFenced()) {
      leadership.confirm();
      publisher.flush();
    }
    leadership.confirm();
    publisher.commit(checkpoint);
  }

  @Override
  public void flush() {
    publisher.flush();
  }

  @Override
  public boolean isFenced() {
    return publisher.isFenced();
  }

  @Override
  public int partitions(String topic) {
    return publisher.partitions(topic);
  }

  @Override
  public Optional<String> problem() {
    return leadership.isHeld()
        ? publisher.problem()
        : Optional.of("PostgreSQL does not confirm that this process leads");
  }

  @Override
  public long pending() {
    return publisher.pending();
  }

  @Override
  public void close() {
    publisher.close();
  }
}
