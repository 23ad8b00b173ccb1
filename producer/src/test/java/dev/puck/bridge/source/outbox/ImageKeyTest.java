package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.source.Utf8;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImageKeyTest {
  private static final String IMAGE =
      """
      {"n":null,"text":"a \\"b\\", {c: [","list":[1, {"id":7}, "]"],"id":-1.50,"empty":{}, "last" : true }""";

  @Test
  void shouldKeepTheVeryText() {
    assertThat(key("id")).isEqualTo("{\"id\":-1.50}");
    assertThat(key("text")).isEqualTo("{\"text\":\"a \\\"b\\\", {c: [\"}");
    assertThat(key("list")).isEqualTo("{\"list\":[1, {\"id\":7}, \"]\"]}");
    assertThat(key("empty")).isEqualTo("{\"empty\":{}}");
    assertThat(key("n")).isEqualTo("{\"n\":null}");
    assertThat(key("last")).isEqualTo("{\"last\":true}");
  }

  @Test
  void shouldHaveTheColumnsInTheOrderOfTheKey() {
    assertThat(key("last", "id", "text"))
        .isEqualTo("{\"last\":true,\"id\":-1.50,\"text\":\"a \\\"b\\\", {c: [\"}");
  }

  @Test
  void shouldFindNoneWhereAColumnIsNotThere() {
    assertThat(key("missing")).isNull();
    assertThat(key("id", "missing")).isNull();
    assertThat(ImageKey.in(Utf8.of("{}"), List.of("\"id\""))).isNull();
  }

  private static @Nullable String key(String... columns) {
    return ImageKey.in(
        Utf8.of(IMAGE), List.of(columns).stream().map(name -> '"' + name + '"').toList());
  }
}
