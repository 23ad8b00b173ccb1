package dev.puck.consumer;

import dev.puck.consumer.config.CacheConfig;
import dev.puck.consumer.config.ConsumerConfig;
import dev.puck.consumer.config.ReducerConfig;
import dev.puck.consumer.config.SummaryConfig;
import dev.puck.service.config.ConfigException;
import dev.puck.service.config.NearestName;
import dev.puck.service.config.Problem;
import dev.puck.service.connection.Kafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;

/** Sees at start that Kafka answers and has every topic that is asked for. */
final class TopicCheck {
  private final Kafka kafka;

  TopicCheck(Kafka kafka) {
    this.kafka = kafka;
  }

  /**
   * Returns if all is well.
   *
   * @throws ConfigException naming each missing topic, the nearest known one, and the fix
   * @throws dev.puck.service.retry.TransientException if Kafka is away
   */
  void run(ConsumerConfig config) {
    if (config.caches().isEmpty() && config.reducers().isEmpty() && config.summaries().isEmpty()) {
      return; // jobs alone need no Kafka
    }
    Set<String> known = topics();
    List<Problem> problems = new ArrayList<>();
    Stream.of(
            wanted("caches", config.caches(), CacheConfig::topics),
            wanted("reducers", config.reducers(), ReducerConfig::topics),
            wanted("summaries", config.summaries(), SummaryConfig::topics))
        .flatMap(each -> each)
        .forEach(wanted -> problems.addAll(wanted.problems(known, kafka.address())));
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private static <T> Stream<Wanted> wanted(
      String list, List<T> configs, Function<T, List<String>> topics) {
    return IntStream.range(0, configs.size())
        .mapToObj(i -> new Wanted(list + "[" + i + "]", topics.apply(configs.get(i))));
  }

  private Set<String> topics() {
    try (Admin admin = kafka.admin()) {
      return kafka.await("listing topics", admin.listTopics().names());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private record Wanted(String path, List<String> topics) {
    List<Problem> problems(Set<String> known, String address) {
      return topics.stream()
          .filter(topic -> !known.contains(topic))
          .map(topic -> new Problem("consumer." + path + ".topics", text(topic, known, address)))
          .toList();
    }

    private static String text(String topic, Set<String> known, String address) {
      return "names '"
          + topic
          + "', which does not exist in Kafka at "
          + address
          + "; "
          + (known.isEmpty() ? "it has no topics at all." : NearestName.hint(topic, known))
          + " Start the bridge first, which creates it, or correct the name.";
    }
  }
}
