package dev.puck.consumer.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.consumer.projection.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampledTruthTest {
  private static final int KEYS = 10_000;

  @Test
  void shouldChooseTheSameKeysBySeedInWhateverOrder() {
    List<String> keys = new ArrayList<>(IntStream.range(0, KEYS).mapToObj(i -> "" + i).toList());
    SampledTruth one = sampled(new Sample(100, 7), keys);
    Collections.shuffle(keys, new Random(1));
    SampledTruth same = sampled(new Sample(100, 7), keys);
    SampledTruth other = sampled(new Sample(100, 8), keys);

    assertThat(one.rows()).hasSize(100);
    assertThat(same.rows().keySet()).isEqualTo(one.rows().keySet());
    assertThat(other.rows().keySet()).isNotEqualTo(one.rows().keySet()).hasSize(100);
  }

  /** Of what the truth does not have as many are looked at, too. */
  @Test
  void shouldTellWhichOtherKeysAreIn() {
    List<String> keys = IntStream.range(0, KEYS).mapToObj(i -> "" + i).toList();
    SampledTruth truth = sampled(new Sample(1_000, 7), keys);
    Set<String> in = truth.rows().keySet();

    assertThat(keys.stream().filter(truth::has)).containsExactlyInAnyOrderElementsOf(in);
    long others = IntStream.range(KEYS, 2 * KEYS).filter(i -> truth.has("" + i)).count();
    assertThat(others).isBetween(800L, 1_200L);
  }

  @Test
  void shouldTakeAllOfFewAndOfAll() {
    List<String> keys = List.of("a", "b", "c");
    for (Sample sample : List.of(Sample.ALL, new Sample(3, 7), new Sample(100, 7))) {
      SampledTruth truth = sampled(sample, keys);
      assertThat(truth.rows()).containsOnlyKeys("a", "b", "c");
      assertThat(truth.has("other")).isTrue();
    }
  }

  private static SampledTruth sampled(Sample sample, List<String> keys) {
    SampledTruth truth = new SampledTruth(sample);
    keys.forEach(key -> truth.add(new TruthRow(key, new byte[0])));
    return truth;
  }
}
