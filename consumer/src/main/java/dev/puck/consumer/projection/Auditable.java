package dev.puck.consumer.projection;

/** A projection that can be compared with the truth, while it serves. Thread-safe. */
public interface Auditable extends Resyncable {
  /**
   * Begins an audit; the caller closes it.
   *
   * @param repair whether the shadow may be swapped in; nobody else builds the projection meanwhile
   * @throws dev.puck.service.retry.TransientException if there is no state yet, if another process
   *     is building it and it is to be repaired, or if something is away
   */
  AuditShadow beginAudit(boolean repair);
}
