package dev.puck.embedded.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Takes too long for every build: it runs with {@code mvn verify -Pproof}. What it shows at length,
 * others show in short.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
    named = "puck.endurance",
    matches = "long",
    disabledReason = "takes minutes: mvn verify -Pproof")
public @interface Endurance {}
