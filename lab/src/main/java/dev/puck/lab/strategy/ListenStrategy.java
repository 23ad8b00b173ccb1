package dev.puck.lab.strategy;

import dev.puck.lab.process.BridgeProcess;
import dev.puck.lab.process.ChildJvm;
import dev.puck.lab.tweet.TweetDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link ListenService} in a process of its own. */
final class ListenStrategy implements Strategy {
  static final String STARTED = "started";

  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private final Site site;
  private @Nullable ChildJvm service;

  ListenStrategy(Site site) {
    this.site = site;
  }

  @Override
  public void start() throws SQLException, InterruptedException {
    site.database().run("/sql/tweet/notify.sql");
    site.database().run("/sql/cache/counters.sql");
    service = launch();
  }

  private ChildJvm launch() throws InterruptedException {
    String url = site.database().serviceConfig().url();
    ChildJvm started =
        ChildJvm.start(
            new ChildJvm.Launch(
                "cache service",
                BridgeProcess.jvmOptions(BridgeProcess.HEAP),
                ListenMain.class,
                List.of(url, TweetDatabase.SERVICE, TweetDatabase.PASSWORD),
                site.log()));
    started.await(STARTED, START_PATIENCE);
    return started;
  }

  @Override
  public Reader openReader() throws SQLException {
    return new SqlReader(site.database().connect(), "twcache.counters");
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(1);
  }

  @Override
  public boolean propagates() {
    return true;
  }

  @Override
  public void restart() throws InterruptedException {
    close();
    service = launch();
  }

  @Override
  public Map<String, Long> processes() {
    @Nullable ChildJvm running = service;
    return running == null ? Map.of() : Map.of("service", running.processId());
  }

  @Override
  public void close() {
    @Nullable ChildJvm running = service;
    if (running != null) {
      running.close();
      service = null;
    }
  }
}
