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
 * The causes of exceptions that are older than {@link Throwable#getCause()}, or never learnt it.
 *
 * <p>They are read through public methods, by name: the classes are those of containers and
 * libraries that an application may or may not have.
 */
final class LegacyCauses {

  private static final List<String> ACCESSORS =
      Arrays.asList(
          "getRootCause", // servlet and JSP before 2.5, and countless home-made exceptions
          "getTargetException", // reflection, and those who copied it
          "getUndeclaredThrowable", // proxies: JDK, CGLIB
          "getCausedByException", // EJB 2
          "getLinkedException", // JMS, JAXB, connectors
          "getNestedException", // StAX
          "getSQLException", // Hibernate
          "getException", // SAX, security
          "getInternalException", // EclipseLink, TopLink
          "getReason"); // OGNL

  /**
   * What an exception knows beside its cause. JDO and OpenJPA have a list whose first entry is the
   * cause; the conflict may be the second. A failed rollback hides what it was for.
   */
  private static final List<String> BESIDE_THE_CAUSE =
      Arrays.asList(
          "getNestedExceptions", // JDO
          "getNestedThrowables", // OpenJPA
          "getLinkedExceptions", // TopLink, Jackrabbit
          "getApplicationException"); // Spring's TransactionSystemException

  /** Transaction managers keep the failures of the resources there, without a cause. */
  private static final List<String> OF_COMMIT =
      Arrays.asList("javax.transaction.RollbackException", "jakarta.transaction.RollbackException");

  private static final Method[] NONE = {};

  // Of the JDK's types alone, and therefore of no class loader: a class keeps what is noted of it.
  private static final ClassValue<Method[]> OF_CAUSES = gettersOf(ACCESSORS);
  private static final ClassValue<Method[]> OF_OTHERS = gettersOf(BESIDE_THE_CAUSE);

  private LegacyCauses() {}

  /** The causes of an exception that has none by {@link Throwable#getCause()}. */
  static List<Throwable> of(Throwable throwable) {
    return read(throwable, OF_CAUSES);
  }

  /** What an exception leads to beside its cause. */
  static List<Throwable> beside(Throwable throwable) {
    // The JDK has none of them; most of what is walked through comes from there.
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
    // All methods there are, once: to ask for each name would cost a NoSuchMethodException with its
    // stack trace for each name that is not there.
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
    // For the public method of a class that is not public, as exceptions of applications may be.
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
