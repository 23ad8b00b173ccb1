package dev.puck.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {

  @Test
  void shouldFindAPortBelowThoseOfOutgoingConnections() throws IOException {
    // When
    int port = FreePort.next();

    // Then
    assertThat(port).isBetween(FreePort.LOWEST, FreePort.HIGHEST);
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(Loopback.address(port));
    }
  }

  @Test
  void shouldSeeThatAPortIsTaken() throws IOException {
    // Given
    int port = FreePort.next();
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(Loopback.address(port));

      // When, Then
      assertThat(FreePort.isFree(port)).isFalse();
    }
    assertThat(FreePort.isFree(port)).isTrue();
  }
}
