package io.github.conflictguard.loadtime;

import io.github.conflictguard.classfile.GuardTargets;
import io.github.conflictguard.classfile.TargetPattern;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.function.Consumer;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes of one web application while they are loaded, from inside the application:
 * through the container's class loader, through the agent of the JVM, or by attaching to the own
 * JVM. Requires Byte Buddy in the same class loader, as in the agent's jar.
 *
 * <p>Called by reflection, with types of the JDK only, so that it is optional for its callers.
 */
public final class LoadTimeWeaver {

  private LoadTimeWeaver() {}

  /**
   * Uses the method {@code addTransformer} of the class loaders of Tomcat, Jetty and other
   * containers. It does not attach to the JVM, and is discarded with the loader. Classes that are
   * already loaded (on Tomcat all servlets, filters and listeners of a {@code web.xml} that is not
   * {@code metadata-complete}) are left unchanged.
   *
   * @param targets patterns, see {@link TargetPattern}
   * @param log receives the methods that cannot be woven, with the reasons
   * @return whether the loader has such a method
   * @throws IllegalArgumentException if a target is invalid
   */
  public static boolean throughContainer(
      ClassLoader application, List<String> targets, Consumer<String> log) {
    ClassFileTransformer transformer =
        new GuardTransformer(targetsOf(targets), true, "container", new LineLog(log));
    try {
      application
          .getClass()
          .getMethod("addTransformer", ClassFileTransformer.class)
          .invoke(application, transformer);
      return true;
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return false;
    } catch (InvocationTargetException e) {
      log.accept("the class loader refuses a transformer: " + e.getCause());
      return false;
    }
  }

  /**
   * Lets the agent of this JVM weave the additional targets of one application, including classes
   * that are already loaded. Only the copy of this class in the agent's jar, loaded by the system
   * class loader, belongs to an agent.
   *
   * @return to be closed when the application ends, because its classes stay in memory otherwise;
   *     null if there is no agent
   * @throws IllegalArgumentException if a target is invalid
   */
  public static @Nullable AutoCloseable byAgent(
      ClassLoader application, List<String> targets, Consumer<String> log) {
    ClassLoader agent = GuardAgent.loader();
    if (agent != null) {
      return byAgent(agent, application, targets, log);
    }
    Instrumentation instrumentation = GuardAgent.instrumentation();
    return instrumentation == null
        ? null
        : confined(instrumentation, application, targetsOf(targets), "agent", log);
  }

  /**
   * Returns the targets with which the agent of this JVM was started, which apply to all web
   * applications; empty without an agent.
   */
  @SuppressWarnings("unchecked")
  public static List<String> targetsOfAgent() {
    ClassLoader agent = GuardAgent.loader();
    if (agent == null) {
      return GuardAgent.targets();
    }
    try {
      return (List<String>)
          agent.loadClass(LoadTimeWeaver.class.getName()).getMethod("targetsOfAgent").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the agent's jar is not complete", e);
    }
  }

  /** Delegates to the same class in the agent's own loader, to avoid a second Byte Buddy. */
  private static @Nullable AutoCloseable byAgent(
      ClassLoader agent, ClassLoader application, List<String> targets, Consumer<String> log) {
    try {
      return (AutoCloseable)
          agent
              .loadClass(LoadTimeWeaver.class.getName())
              .getMethod("byAgent", ClassLoader.class, List.class, Consumer.class)
              .invoke(null, application, targets, log);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException) {
        throw (RuntimeException) e.getCause();
      }
      throw new IllegalStateException("the agent fails", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the agent's jar is not complete", e);
    }
  }

  /**
   * Attaches to the own JVM, for which recent versions print a warning and which some forbid, and
   * weaves the classes of one loader and its descendants, including those that are already loaded.
   *
   * @return to be closed when the application ends, because its classes stay in memory otherwise;
   *     null if attaching to the JVM is not possible
   * @throws IllegalArgumentException if a target is invalid
   */
  public static @Nullable AutoCloseable byAttachment(
      ClassLoader application, List<String> targets, Consumer<String> log) {
    GuardTargets parsed = targetsOf(targets);
    Instrumentation instrumentation = attach(log);
    return instrumentation == null
        ? null
        : confined(instrumentation, application, parsed, "attachment", log);
  }

  private static AutoCloseable confined(
      Instrumentation instrumentation,
      ClassLoader application,
      GuardTargets targets,
      String wovenBy,
      Consumer<String> log) {
    LineLog lines = new LineLog(log);
    GuardTransformer transformer = new GuardTransformer(targets, true, wovenBy, lines);
    ApplicationScope confined = new ApplicationScope(application, transformer);
    instrumentation.addTransformer(confined, true);
    LoadedClasses.retransform(
        instrumentation, type -> confined.isMeant(type) && transformer.test(type), lines);
    return () -> instrumentation.removeTransformer(confined);
  }

  private static @Nullable Instrumentation attach(Consumer<String> log) {
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    // A thread of the attachment would inherit it, and keep the application reachable for a minute.
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      return ByteBuddyAgent.install();
    } catch (IllegalStateException | LinkageError e) {
      String java = System.getProperty("java.specification.version", "");
      log.accept("this JVM cannot be attached to: " + e.getMessage() + needOf(java));
      return null;
    } finally {
      thread.setContextClassLoader(context);
    }
  }

  /** Returns what a version of Java requires for attaching, in addition to a run time. */
  static String needOf(String java) {
    return java.equals("1.8")
        ? " (Java 8 needs the tools.jar of a JDK for it; a JRE has none)"
        : "";
  }

  private static GuardTargets targetsOf(List<String> patterns) {
    return GuardTargets.of(
        patterns.stream().map(TargetPattern::parse).toArray(TargetPattern[]::new));
  }
}
