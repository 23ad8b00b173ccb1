package dev.puck.bridge.relay;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The routes of a bridge, by channel. */
public final class Routes {
  private final List<Route> routes;
  private final Map<String, Route> byChannel;

  /** Each channel must have one route. */
  public Routes(List<Route> routes) {
    this.routes = List.copyOf(routes);
    this.byChannel = routes.stream().collect(Collectors.toMap(Route::channel, Function.identity()));
  }

  /** The route of a channel that was asked for. */
  Route of(String channel) {
    @Nullable Route route = byChannel.get(channel);
    if (route == null) {
      throw new IllegalStateException("Nobody asked for channel '" + channel + "'");
    }
    return route;
  }

  /** All channels, each once. */
  public List<String> channels() {
    return routes.stream().map(Route::channel).toList();
  }

  /** All topics, each once. */
  public List<String> topics() {
    return routes.stream().map(Route::topic).distinct().toList();
  }

  /** The channels that go to that topic. */
  public List<String> channelsTo(String topic) {
    return routes.stream().filter(r -> r.topic().equals(topic)).map(Route::channel).toList();
  }
}
