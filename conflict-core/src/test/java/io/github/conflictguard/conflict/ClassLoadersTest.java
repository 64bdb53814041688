package io.github.conflictguard.conflict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.conflictguard.classify.ConflictClassifiers;
import jakarta.persistence.EntityExistsException;
import jakarta.persistence.RollbackException;
import java.lang.ref.WeakReference;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** What is remembered of a class keeps nobody's class loader alive. */
class ClassLoadersTest {

  /** Classes of the JDK and of the container, which outlive the application. */
  private static final List<Throwable> OF_THE_CONTAINER =
      List.of(
          new RollbackException(new PSQLException("m", PSQLState.UNIQUE_VIOLATION)),
          new RuntimeException(new SQLException("m", "23505")),
          new EntityExistsException(new Exception()),
          new ConstraintViolationException("m", null, "uq"),
          new IllegalStateException(new IllegalArgumentException()));

  @Test
  void toolkitOfAnUndeployedApplicationIsNotKeptByTheClassesThatItHasClassified() throws Exception {
    assertCollected(classifyWithItsOwnToolkit());
  }

  @Test
  void undeployedApplicationIsNotKeptByTheToolkitThatHasClassifiedItsExceptions() throws Exception {
    assertCollected(classifyItsExceptions());
  }

  private static WeakReference<ClassLoader> classifyWithItsOwnToolkit() throws Exception {
    ClassLoader application = new OtherLoader();
    Class<?> classifiers = application.loadClass(ConflictClassifiers.class.getName());
    Class<?> classifier = application.loadClass(ConflictClassifier.class.getName());
    Object standard = classifiers.getMethod("standard").invoke(null);
    for (Throwable thrown : OF_THE_CONTAINER) {
      Object kind = classifier.getMethod("classify", Throwable.class).invoke(standard, thrown);
      ConflictKind expected = ConflictClassifiers.standard().classify(thrown);
      assertEquals(String.valueOf(expected), String.valueOf(kind));
      assertNotSame(ConflictKind.class, kind == null ? null : kind.getClass());
    }
    return new WeakReference<>(application);
  }

  private static WeakReference<ClassLoader> classifyItsExceptions() throws Exception {
    Throwable thrown =
        (Throwable)
            NamedClass.instance(
                EntityExistsException.class,
                "com.example.Taken",
                Map.of("getRootCause", new Exception(), "getNestedThrowables", "none"));
    assertNotNull(ConflictClassifiers.ofApplication().conflictIn(new Exception(thrown)));
    return new WeakReference<>(thrown.getClass().getClassLoader());
  }

  private static void assertCollected(WeakReference<ClassLoader> undeployed) {
    for (int i = 0; i < 100 && undeployed.get() != null; i++) {
      System.gc();
    }
    assertNull(undeployed.get());
  }
}
