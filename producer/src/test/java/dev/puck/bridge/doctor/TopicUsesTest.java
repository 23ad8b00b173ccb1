package dev.puck.bridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.doctor.TopicUse.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicUsesTest {
  private static final String START =
      "postgres: {url: 'postgresql://db/shop'}\ntopics: {prefix: p.}\n";

  @Test
  void shouldListRoutesAndWatchedTables() {
    // Given
    BridgeConfig config =
        Examination.config(
            START
                + """
                source: outbox
                routes:
                  - {channel: orders, key: /id}
                  - {table: shop.sale, topic: sales}
                  - {channel: returns, topic: sales}
                """);

    // When
    List<TopicUse> uses =
        TopicUses.of(
            config,
            List.of(
                new CapturedTable("shop.sale", true), new CapturedTable("shop.Odd Note", false)));

    // Then
    assertThat(uses)
        .containsExactly(
            new TopicUse("p.orders", Role.MESSAGES, true),
            new TopicUse("sales", Role.MESSAGES, false),
            new TopicUse("p.shop.Odd Note", Role.ROWS, false),
            new TopicUse("p.orders.dead-letter", Role.DEAD_LETTERS, false),
            new TopicUse("sales.dead-letter", Role.DEAD_LETTERS, false),
            new TopicUse("p.shop.Odd Note.dead-letter", Role.DEAD_LETTERS, false),
            new TopicUse("puck.checkpoints", Role.CHECKPOINTS, true),
            new TopicUse("__transaction_state", Role.TRANSACTIONS, true));
  }

  @Test
  void shouldListNeitherTablesNorTransactionsForNotify() {
    // Given
    BridgeConfig config = Examination.config(START + "routes: [{channel: orders}]\n");

    // When, Then
    assertThat(TopicUses.of(config, List.of()))
        .extracting(TopicUse::topic)
        .containsExactly("p.orders", "p.orders.dead-letter", "puck.checkpoints");
  }
}
