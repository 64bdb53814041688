package io.github.conflictguard.classify;

import io.github.conflictguard.classify.evidence.SafeReader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The causes of exceptions that predate {@link Throwable#getCause()}, or do not override it.
 *
 * <p>They are read through public methods, by name: the classes belong to containers and libraries
 * that an application may or may not have.
 */
final class LegacyCauses {

  private static final List<String> ACCESSORS =
      Arrays.asList(
          "getRootCause", // servlet and JSP before 2.5, and countless home-made exceptions
          "getTargetException", // reflection, and imitations of it
          "getUndeclaredThrowable", // proxies: JDK, CGLIB
          "getCausedByException", // EJB 2
          "getLinkedException", // JMS, JAXB, connectors
          "getNestedException", // StAX
          "getSQLException", // Hibernate
          "getException", // SAX, security
          "getInternalException", // EclipseLink, TopLink
          "getReason"); // OGNL

  /**
   * Accessors of further exceptions in addition to the cause. JDO and OpenJPA have a list whose
   * first entry is the cause; the conflict may be the second. A failed rollback hides the failure
   * that led to it.
   */
  private static final List<String> BESIDE_THE_CAUSE =
      Arrays.asList(
          "getNestedExceptions", // JDO
          "getNestedThrowables", // OpenJPA
          "getLinkedExceptions", // TopLink, Jackrabbit
          "getApplicationException"); // Spring's TransactionSystemException

  /**
   * The exceptions to which transaction managers add the failures of resources as suppressed
   * exceptions, without a cause.
   */
  private static final List<String> OF_COMMIT =
      Arrays.asList("javax.transaction.RollbackException", "jakarta.transaction.RollbackException");

  private static final Method[] NONE = {};

  // Consists of types of the JDK only, and thus refers to no class loader: a class keeps its cached
  // value.
  private static final ClassValue<Method[]> OF_CAUSES = gettersOf(ACCESSORS);
  private static final ClassValue<Method[]> OF_OTHERS = gettersOf(BESIDE_THE_CAUSE);

  private LegacyCauses() {}

  /** Returns the causes of an exception whose {@link Throwable#getCause()} returns none. */
  static List<Throwable> of(Throwable throwable) {
    return read(throwable, OF_CAUSES);
  }

  /** Returns the exceptions to which an exception leads in addition to its cause. */
  static List<Throwable> beside(Throwable throwable) {
    // The JDK has none of them, and most of the visited classes are from there.
    return throwable.getClass().getName().startsWith("java.")
        ? Collections.emptyList()
        : read(throwable, OF_OTHERS);
  }

  private static List<Throwable> read(Throwable throwable, ClassValue<Method[]> getters) {
    Method[] methods = getters.get(throwable.getClass());
    List<Throwable> found = methods.length == 0 ? Collections.emptyList() : new ArrayList<>();
    for (Method method : methods) {
      add(SafeReader.read(() -> call(method, throwable)), found);
    }
    return found;
  }

  private static ClassValue<Method[]> gettersOf(List<String> accessors) {
    return new ClassValue<Method[]>() {
      @Override
      protected Method[] computeValue(Class<?> type) {
        return getters(type, accessors);
      }
    };
  }

  private static Method[] getters(Class<?> type, List<String> accessors) {
    // All methods at once: looking up each name would cost a NoSuchMethodException with its stack
    // trace for each missing one.
    Method[] methods = SafeReader.read(type::getMethods);
    List<Method> getters = new ArrayList<>();
    List<String> names = new ArrayList<>(accessors);
    if (accessors == BESIDE_THE_CAUSE && isOfCommit(type)) {
      names.add("getSuppressed");
    }
    for (String accessor : names) {
      for (Method method : methods == null ? NONE : methods) {
        if (method.getName().equals(accessor) && isGetter(method)) {
          getters.add(method);
        }
      }
    }
    return getters.toArray(NONE);
  }

  private static boolean isOfCommit(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (OF_COMMIT.contains(c.getName())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isGetter(Method method) {
    Class<?> type = method.getReturnType();
    return method.getParameterCount() == 0
        && !Modifier.isStatic(method.getModifiers())
        && Throwable.class.isAssignableFrom(type.isArray() ? type.getComponentType() : type);
  }

  private static @Nullable Object call(Method method, Throwable throwable)
      throws ReflectiveOperationException {
    // Needed for public methods of classes that are not public, which exceptions of applications
    // may be.
    method.setAccessible(true);
    return method.invoke(throwable);
  }

  private static void add(@Nullable Object value, List<Throwable> found) {
    if (value instanceof Throwable) {
      found.add((Throwable) value);
    } else if (value instanceof Throwable[]) {
      for (Throwable entry : (Throwable[]) value) {
        if (entry != null && found.size() < CauseGraph.MAX_THROWABLES) {
          found.add(entry);
        }
      }
    }
  }
}
