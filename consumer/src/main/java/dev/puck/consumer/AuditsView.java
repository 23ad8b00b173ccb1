package dev.puck.consumer;

import dev.puck.consumer.audit.AuditStatus;
import dev.puck.consumer.audit.Audits;
import dev.puck.consumer.http.AuditRoutes;
import java.util.List;

/** The audits, over HTTP. */
record AuditsView(Audits audits) implements AuditRoutes.AuditView {
  @Override
  public List<AuditStatus> request(String name, boolean repair) {
    return audits.request(name, repair);
  }

  @Override
  public List<AuditStatus> status() {
    return audits.status();
  }
}
