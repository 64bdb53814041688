package io.github.conflictguard.guard;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardOverridesTest {

  private final ClassLoader other = new URLClassLoader(new URL[0]);

  @AfterEach
  void removeOverrides() {
    GuardOverrides.set(other, null);
  }

  @Test
  void undeployedApplicationIsNotKeptByItsOverrides() {
    GuardOverrides.set(other, UnaryOperator.identity());
    WeakReference<ClassLoader> undeployed = deployed();
    for (int i = 0; i < 100 && undeployed.get() != null; i++) {
      System.gc();
    }
    assertNull(undeployed.get());
  }

  @Test
  void overrideCountsUntilItIsRemoved() {
    GuardPolicy asked = GuardPolicy.plain();
    GuardPolicy changed = GuardPolicy.builder().lockTimeoutMillis(5).build();
    GuardOverrides.set(other, policy -> changed);
    assertSame(changed, GuardOverrides.of(asked));
    GuardOverrides.set(other, null);
    assertSame(asked, GuardOverrides.of(asked));
  }

  private static WeakReference<ClassLoader> deployed() {
    ClassLoader application = new URLClassLoader(new URL[0]);
    GuardOverrides.set(application, UnaryOperator.identity());
    return new WeakReference<>(application);
  }
}
