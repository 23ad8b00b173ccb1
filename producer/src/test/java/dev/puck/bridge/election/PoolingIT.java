package dev.puck.bridge.election;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.PostgresConfig;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class PoolingIT {
  private final TestEnvironment environment;
  private final PostgresConfig config;

  PoolingIT(TestEnvironment environment) {
    this.environment = environment;
    this.config = new PostgresConfig(environment.url(), environment.user(), null);
  }

  @Test
  void shouldTakeASessionOfItsOwn() throws Exception {
    try (Connection connection = environment.connect();
        Connection other = environment.connect()) {
      assertThatCode(() -> LeaderSession.requireNoPooling(connection, other, config))
          .doesNotThrowAnyException();
    }
  }

  /** Such a proxy gives the session that came back last to whoever asks next. */
  @Test
  void shouldRefuseAProxyThatPoolsTransactions() throws Exception {
    try (Connection first = environment.connect();
        Connection second = environment.connect()) {
      // Given
      AtomicBoolean taken = new AtomicBoolean();
      Connection connection = pooled(first, second, taken, false);
      Connection other = pooled(first, second, taken, true);

      // When, Then
      assertThatThrownBy(() -> LeaderSession.requireNoPooling(connection, other, config))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("is behind a proxy that pools transactions")
          .hasMessageContaining("Point bridge.postgres.url at PostgreSQL itself");
    }
  }

  /** The first session until that is taken, by whoever says so. */
  private static Connection pooled(
      Connection first, Connection second, AtomicBoolean taken, boolean takes) {
    return (Connection)
        Proxy.newProxyInstance(
            PoolingIT.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              Connection given = taken.get() && !takes ? second : first;
              taken.compareAndSet(false, takes);
              return method.invoke(given, arguments);
            });
  }
}
