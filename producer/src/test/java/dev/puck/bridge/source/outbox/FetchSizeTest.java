package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FetchSizeTest {
  private static final int MEGABYTE = 1 << 20;

  private final FetchSize fetchSize = new FetchSize(64);

  @Test
  void shouldGrowInStepsWhileRowsAreSmall() {
    // When, Then
    assertThat(fetch(100)).isEqualTo(256);
    assertThat(fetch(100)).isEqualTo(1_024);
    assertThat(fetch(100)).as("at most").isEqualTo(1_024);
  }

  @Test
  void shouldFetchAboutAMegabyte() {
    // When, Then
    assertThat(fetch(MEGABYTE / 100)).isEqualTo(100);
    assertThat(fetch(MEGABYTE / 10)).isEqualTo(10);
    assertThat(fetch(10 * MEGABYTE)).as("at least").isEqualTo(1);
    assertThat(fetch(0)).as("of nothing, more").isEqualTo(4);
  }

  @Test
  void shouldTellWhenItChanges() {
    // When, Then: only at the end of what was fetched
    for (int i = 1; i < 64; i++) {
      assertThat(fetchSize.read(100)).isFalse();
    }
    assertThat(fetchSize.read(100)).isTrue();
    assertThat(fetchSize.rows()).isEqualTo(256);
    for (int i = 1; i <= 256; i++) {
      assertThat(fetchSize.read(MEGABYTE / 256)).as("row %d", i).isFalse();
    }
  }

  /** Reads as many rows as were fetched, and returns how many come next. */
  private int fetch(long rowBytes) {
    for (int rows = fetchSize.rows(); rows > 0; rows--) {
      fetchSize.read(rowBytes);
    }
    return fetchSize.rows();
  }
}
