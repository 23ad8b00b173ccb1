package dev.puck.bridge;

import com.fasterxml.jackson.core.JsonPointer;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.RouteConfig;
import dev.puck.bridge.relay.Route;
import dev.puck.bridge.relay.Routes;

/** Makes routes as a configuration wants them. */
final class Routing {
  private Routing() {}

  static Routes of(BridgeConfig config) {
    return new Routes(
        config.routes().stream().map(route -> route(config, route)).toList(),
        config.topics().start(),
        config.topics().transaction());
  }

  private static Route route(BridgeConfig config, RouteConfig route) {
    String topic = config.topicOf(route);
    if (route.channel() == null) {
      return Route.ofTable(route.from(), topic, route.rowFormat());
    }
    return Route.ofChannel(
        route.channel(), topic, route.key() == null ? null : JsonPointer.compile(route.key()));
  }
}
