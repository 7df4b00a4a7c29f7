package dev.pawl;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Tests of the threat model's requirements that depend on who runs them, or that start the whole program: they run as root
 * and as an ordinary user, one of them by {@code .ci/ordinary-user}.
 */
@Tag("security")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Security {}
