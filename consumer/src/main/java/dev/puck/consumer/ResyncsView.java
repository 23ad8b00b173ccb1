package dev.puck.consumer;

import dev.puck.consumer.http.ResyncRoutes;
import dev.puck.consumer.resync.ResyncStatus;
import dev.puck.consumer.resync.Resyncs;
import java.util.List;

/** The resyncs, over HTTP. */
record ResyncsView(Resyncs resyncs) implements ResyncRoutes.ResyncView {
  @Override
  public boolean request(String name, String reason) {
    return resyncs.request(name, reason);
  }

  @Override
  public List<ResyncStatus> status() {
    return resyncs.status();
  }
}
