package dev.puck.lab.bench.idle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.lab.bench.result.PartResult;
import dev.puck.lab.bench.result.Spread;
import dev.puck.lab.bench.result.TextTable;
import java.util.ArrayList;
import java.util.List;

/** What the bridge costs while nothing happens, in percent of one core. */
public final class IdleResult implements PartResult {
  private final List<Double> bridge = new ArrayList<>();
  private final List<Double> sessions = new ArrayList<>();
  private final List<Double> total = new ArrayList<>();

  IdleResult() {}

  void add(double bridgePercent, double sessionsPercent) {
    bridge.add(bridgePercent);
    sessions.add(sessionsPercent);
    total.add(bridgePercent + sessionsPercent);
  }

  double lastTotal() {
    return total.get(total.size() - 1);
  }

  @Override
  public void addTo(ObjectNode json) {
    ObjectNode idle = json.putObject("idle_percent_of_core");
    Spread.of(bridge).addTo(idle, "bridge");
    Spread.of(sessions).addTo(idle, "database_sessions");
    Spread.of(total).addTo(idle, "total");
  }

  @Override
  public List<String> lines() {
    TextTable table = new TextTable("", "% of a core");
    table.row("bridge", Spread.of(bridge).text("%.2f"));
    table.row("its database sessions", Spread.of(sessions).text("%.2f"));
    table.row("both", Spread.of(total).text("%.2f"));
    List<String> lines = new ArrayList<>();
    lines.add("Idle: a watched table that nobody writes to");
    lines.addAll(table.lines());
    return lines;
  }
}
