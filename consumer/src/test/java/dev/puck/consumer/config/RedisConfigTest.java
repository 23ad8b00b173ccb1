package dev.puck.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problems;
import dev.puck.service.config.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisConfigTest {
  @Test
  void shouldReadUrls() {
    RedisConfig plain = new RedisConfig("redis://cache.example:6379", null, null);
    assertThat(plain.host()).isEqualTo("cache.example");
    assertThat(plain.port()).isEqualTo(6379);
    assertThat(plain.database()).isZero();
    assertThat(plain.isTls()).isFalse();

    RedisConfig tls = new RedisConfig("rediss://[::1]:6380/3", "puck", new Secret("x"));
    assertThat(tls.host()).isEqualTo("::1");
    assertThat(tls.database()).isEqualTo(3);
    assertThat(tls.isTls()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"redis://h", "http://h:1", "redis://h:0", "redis://h:70000", "redis://h:1/x", ""})
  void shouldRefuseWhatIsNoUrl(String url) {
    assertThatThrownBy(() -> new RedisConfig(url, null, null))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("redis://HOST:PORT/DB");
  }

  @Test
  void shouldKeepSecretsOutOfUrls() {
    assertThatThrownBy(() -> new RedisConfig("redis://u:secret@h:1", null, null))
        .hasMessageContaining("Move them to 'user' and 'password'")
        .hasMessageNotContaining("secret@");
    assertThatThrownBy(() -> new RedisConfig("redis://h:1", "puck", null))
        .hasMessageContaining("password");
  }

  @Test
  void shouldNameEntriesByTheTemplate() {
    CacheConfig cache = cache("users", "puck:{cache}:{key}!", null);
    assertThat(cache.keyPrefix()).isEqualTo("puck:users:");
    assertThat(cache.keySuffix()).isEqualTo("!");
    assertThatThrownBy(() -> cache("users", "puck:users", null)).hasMessageContaining("{key} once");
    assertThatThrownBy(() -> cache("users", "{key}{key}", null)).hasMessageContaining("{key} once");
  }

  @Test
  void shouldCheckWhatCachesNeed() {
    assertThat(problems(cache("a", "{cache}:{key}", "select"), cache("b", "{cache}:{key}", null)))
        .containsExactly(
            "redis is missing, and there are caches whose store is redis; give its url.",
            "source is missing, and there are caches with a truth; give the database to ask for"
                + " it.");
    assertThat(problems(cache("a", "x:{key}", null), cache("b", "x:{cache}:{key}", null)))
        .contains(
            "caches[1].key-template gives keys that begin with 'x:b:', and those of the cache 'a'"
                + " begin with 'x:'; let neither begin as the other does.");
  }

  private static List<String> problems(CacheConfig... caches) {
    Problems problems = new Problems();
    CacheChecks.check(problems, List.of(caches), null, null);
    try {
      problems.throwIfAny();
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream().map(Object::toString).toList();
    }
  }

  private static CacheConfig cache(String name, String template, @Nullable String truth) {
    return new CacheConfig(
        name, List.of("t"), StoreKind.REDIS, template, null, Duration.ofHours(1), truth);
  }
}
