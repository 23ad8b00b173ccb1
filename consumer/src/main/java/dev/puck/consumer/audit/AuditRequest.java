package dev.puck.consumer.audit;

import dev.puck.consumer.projection.Sample;

/**
 * What somebody asks an audit for.
 *
 * @param repair whether what differs is put right
 * @param sample the keys to compare, where a part of them can be
 */
public record AuditRequest(boolean repair, Sample sample) {
  /** One for both: whoever asked for more keys has them. */
  AuditRequest and(AuditRequest other) {
    return new AuditRequest(repair || other.repair, size() >= other.size() ? sample : other.sample);
  }

  private int size() {
    return sample.keys() == null ? Integer.MAX_VALUE : sample.keys();
  }
}
