package dev.puck.bridge.relay;

import static java.util.function.Predicate.isEqual;

import dev.puck.bridge.config.RowFormat;
import dev.puck.bridge.relay.Route.Kind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which topic everything goes to: as a route says, and without one to the prefix and the name of
 * the channel or table. Not thread-safe.
 */
public final class Routes {
  private static final Pattern TOPIC_NAME = Pattern.compile("(?!\\.\\.?$)[A-Za-z0-9._-]{1,237}");

  /** How many names without a route are remembered; an application may make them up. */
  private static final int REMEMBERED = 10_000;

  private final List<Route> routes;
  private final String prefix;
  private final @Nullable String transactionTopic;
  private final Map<Kind, Map<String, Route>> byName = new EnumMap<>(Kind.class);

  /**
   * Each channel and each table has one route at most.
   *
   * @param prefix of the topics that no route names; may be empty
   * @param transactionTopic where transactions begin and end is told there; null: it is not
   */
  public Routes(List<Route> routes, String prefix, @Nullable String transactionTopic) {
    this.transactionTopic = transactionTopic;
    this.routes = List.copyOf(routes);
    this.prefix = prefix;
    for (Kind kind : Kind.values()) {
      byName.put(kind, new HashMap<>());
    }
    routes.forEach(route -> namesOf(route.kind()).put(route.from(), route));
  }

  /** The route of that channel or table. */
  Route of(Kind kind, String name) throws UnroutableException {
    @Nullable Route known = namesOf(kind).get(name);
    return known != null ? known : byDefault(kind, name);
  }

  /** Where transactions are told of; null: nowhere. */
  @Nullable String transactionTopic() {
    return transactionTopic;
  }

  /** For what has no topic of its own to be a dead letter of. */
  String fallbackTopic() {
    return prefix + "puck";
  }

  /** All channels that have a route, each once. */
  public List<String> channels() {
    return ofKind(Kind.CHANNEL).map(Route::from).toList();
  }

  /** All tables that have a route, each once. */
  public List<String> tables() {
    return ofKind(Kind.TABLE).map(Route::from).toList();
  }

  /** All topics that are known before something goes there, each once. */
  public List<String> topics() {
    return Stream.concat(routes.stream().map(Route::topic), Stream.ofNullable(transactionTopic))
        .distinct()
        .toList();
  }

  /** The channels and tables that go to that topic by their routes. */
  public List<String> namesTo(String topic) {
    Predicate<String> isIt = isEqual(topic);
    return routes.stream().filter(r -> isIt.test(r.topic())).map(Route::from).toList();
  }

  private Route byDefault(Kind kind, String name) throws UnroutableException {
    String topic = prefix + name;
    if (!TOPIC_NAME.matcher(topic).matches()) {
      throw new UnroutableException(
          "'" + topic + "' cannot name a topic, and no route gives it another");
    }
    Route route = new Route(kind, name, topic, null, RowFormat.DEBEZIUM);
    Map<String, Route> names = namesOf(kind);
    if (names.size() < REMEMBERED) {
      names.put(name, route);
    }
    return route;
  }

  private Stream<Route> ofKind(Kind kind) {
    return routes.stream().filter(route -> route.kind() == kind);
  }

  private Map<String, Route> namesOf(Kind kind) {
    return byName.computeIfAbsent(kind, any -> new HashMap<>());
  }
}
