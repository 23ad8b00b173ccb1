package dev.puck.consumer;

import dev.puck.consumer.audit.AuditRequest;
import dev.puck.consumer.audit.AuditStatus;
import dev.puck.consumer.audit.Audits;
import dev.puck.consumer.http.AuditRoutes;
import dev.puck.consumer.projection.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audits, over HTTP. */
record AuditsView(Audits audits) implements AuditRoutes.AuditView {
  @Override
  public List<AuditStatus> request(String name, boolean repair) {
    return audits.request(name, new AuditRequest(repair, Sample.ALL));
  }

  @Override
  public List<AuditStatus> request(String name, boolean repair, int keys, @Nullable Long seed) {
    Sample sample = seed == null ? Sample.any(keys) : new Sample(keys, seed);
    return audits.request(name, new AuditRequest(repair, sample));
  }

  @Override
  public boolean takesSamples(String name) {
    return audits.takesSamples(name);
  }

  @Override
  public List<AuditStatus> status() {
    return audits.status();
  }
}
