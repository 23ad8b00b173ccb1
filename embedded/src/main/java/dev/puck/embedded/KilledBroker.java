package dev.puck.embedded;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A broker that was killed still leads its partitions in the metadata that it finds when it starts
 * again, until the controller ends its old session. A transaction coordinator that begins in
 * between loses the markers of transactions that were being committed: their records stay invisible
 * for good (<a href="https://issues.apache.org/jira/browse/KAFKA-20734">KAFKA-20734</a>, in 4.3 and
 * 4.4). So the controller runs alone until then.
 */
final class KilledBroker {
  private static final Duration PATIENCE = Duration.ofSeconds(6);
  private static final long ASK_AGAIN_MS = 20;
  private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";

  private KilledBroker() {}

  /** Whether what is in the directory was left by a broker that was killed. */
  static boolean left(Path data) {
    return Files.exists(data.resolve("meta.properties"))
        && !Files.exists(data.resolve(CLEAN_SHUTDOWN));
  }

  /** Returns when nothing leads any more, or after some seconds. */
  static void fence(Properties settings) throws InterruptedException, JMException {
    KafkaRaftServer controller =
        new KafkaRaftServer(new KafkaConfig(controllerOnly(settings), false), Time.SYSTEM);
    controller.startup();
    try {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!isFenced() && System.nanoTime() - deadline < 0) {
        Thread.sleep(ASK_AGAIN_MS);
      }
    } finally {
      controller.shutdown();
      controller.awaitShutdown();
    }
  }

  private static Properties controllerOnly(Properties settings) {
    Properties alone = new Properties();
    alone.putAll(settings);
    alone.setProperty("process.roles", "controller");
    String voter = settings.getProperty("controller.quorum.voters");
    String address = voter.substring(voter.indexOf('@') + 1);
    alone.setProperty("listeners", "CONTROLLER://" + address);
    alone.remove("advertised.listeners");
    alone.remove("inter.broker.listener.name");
    return alone;
  }

  private static boolean isFenced() throws JMException {
    return count("FencedBrokerCount") == 1 && count("ActiveBrokerCount") == 0;
  }

  /** One of the controller's documented metrics; 0 while there is none. */
  private static int count(String metric) throws JMException {
    ObjectName name = new ObjectName("kafka.controller:type=KafkaController,name=" + metric);
    try {
      Object value = ManagementFactory.getPlatformMBeanServer().getAttribute(name, "Value");
      return ((Number) value).intValue();
    } catch (InstanceNotFoundException e) {
      return 0;
    }
  }
}
