package dev.puck.service.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Documents a component of a configuration record; the reference page is made from it.
 *
 * <p>A component without a default must be set, unless it is {@code @Nullable}, a list, a map or a
 * record all of whose components may be left out.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /** What the setting does and why one would change it; one sentence. */
  String value();

  /** What holds where the file says nothing, spelled as in the file; empty for no default. */
  String defaultValue() default "";
}
