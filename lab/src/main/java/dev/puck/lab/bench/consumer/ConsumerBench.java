package dev.puck.lab.bench.consumer;

import dev.puck.lab.bench.result.PartResult;
import dev.puck.lab.bench.stage.Plan;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.bench.stage.Stage;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** The parts of the consumer's bench, which share what is in Kafka. */
public final class ConsumerBench {
  private final Plan plan;
  private final Stage stage;
  private final Progress progress;
  private final Feeds feeds;

  /** One that has prepared nothing yet. */
  public ConsumerBench(Plan plan, Stage stage, Progress progress) {
    this.plan = plan;
    this.stage = stage;
    this.progress = progress;
    this.feeds = new Feeds(plan, stage, progress);
  }

  /** About how long {@link #apply} takes. */
  public static Duration estimateApply(Plan plan) {
    return Feeds.estimate(plan, Feed.SALES).plus(ApplyBench.estimate(plan));
  }

  /** About how long {@link #redis} takes. */
  public static Duration estimateRedis(Plan plan) {
    return Feeds.estimate(plan, Feed.STOCK).plus(RedisBench.estimate(plan));
  }

  /** About how long {@link #http} takes. */
  public static Duration estimateHttp(Plan plan) {
    return HttpBench.estimate(plan);
  }

  /** About how long {@link #restart} takes. */
  public static Duration estimateRestart(Plan plan) {
    return RestartBench.estimate(plan);
  }

  /** Events a second, in memory and in a summary. */
  public PartResult apply() throws SQLException, InterruptedException {
    return ApplyBench.run(plan, stage, progress, feeds);
  }

  /** Events a second, in Redis. */
  public PartResult redis() throws SQLException, IOException, InterruptedException {
    return RedisBench.run(plan, stage, progress, feeds);
  }

  /** How long answers take while events are applied. */
  public PartResult http() throws SQLException, IOException, InterruptedException {
    return HttpBench.run(plan, stage, progress, feeds);
  }

  /** How soon a new process serves. */
  public PartResult restart() throws SQLException, InterruptedException {
    return RestartBench.run(plan, stage, progress, feeds);
  }
}
