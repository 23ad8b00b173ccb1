package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.service.config.ConfigException;
import org.junit.jupiter.api.Test;

final class OrderMemoryTest {
  private static final BacklogOrder.Doubt DOUBT = new BacklogOrder.Doubt(7, "public", "sale");
  private static final OrderMemory MEMORY = new OrderMemory(128 << 20);

  @Test
  void shouldTakeWhatFits() {
    assertThatCode(() -> MEMORY.require(400_000, DOUBT)).doesNotThrowAnyException();
  }

  @Test
  void shouldNameTheHeapThatIsNeeded() {
    assertThatThrownBy(() -> MEMORY.require(580_000, DOUBT))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Transaction 7 changed public.sale 580000 times")
        .hasMessageContaining("about 160 MiB of memory, of which this process has 128")
        .hasMessageContaining("PUCK_JAVA_OPTS=-Xmx200m");
  }
}
