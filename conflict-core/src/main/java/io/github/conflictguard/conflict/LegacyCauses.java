package io.github.conflictguard.conflict;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
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
          "getException"); // SAX, security

  private static final Method[] NONE = {};

  private LegacyCauses() {}

  static List<Throwable> of(Throwable throwable) {
    // All methods there are, once: to ask for each name would cost a NoSuchMethodException with its
    // stack trace for each name that is not there.
    Method[] methods = Guarded.read(throwable.getClass()::getMethods);
    List<Throwable> causes = new ArrayList<>();
    for (String accessor : ACCESSORS) {
      for (Method method : methods == null ? NONE : methods) {
        if (method.getName().equals(accessor) && isGetterOfThrowable(method)) {
          Throwable cause = Guarded.read(() -> call(method, throwable));
          if (cause != null) {
            causes.add(cause);
          }
        }
      }
    }
    return causes;
  }

  private static boolean isGetterOfThrowable(Method method) {
    return method.getParameterCount() == 0
        && Throwable.class.isAssignableFrom(method.getReturnType())
        && !Modifier.isStatic(method.getModifiers());
  }

  private static @Nullable Throwable call(Method method, Throwable throwable)
      throws ReflectiveOperationException {
    // For the public method of a class that is not public, as exceptions of applications may be.
    method.setAccessible(true);
    return (Throwable) method.invoke(throwable);
  }
}
