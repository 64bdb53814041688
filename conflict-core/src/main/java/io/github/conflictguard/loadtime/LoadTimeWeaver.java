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
 * Weaves the classes of one web application while they are loaded, from inside of it: through the
 * container's class loader, by the agent that is there, or by attaching to the own JVM. Needs Byte
 * Buddy beside it, as the agent's jar has it.
 *
 * <p>Called by name, with types of the JDK alone, so that its callers do without it where it is not
 * there.
 */
public final class LoadTimeWeaver {

  private LoadTimeWeaver() {}

  /**
   * Uses the {@code addTransformer} that the class loaders of Tomcat, Jetty and other containers
   * have. It is as good as no attachment and dies with the loader. Classes that are loaded already
   * (on Tomcat all servlets, filters and listeners of a {@code web.xml} that is not {@code
   * metadata-complete}) stay as they are.
   *
   * @param targets patterns, see {@link TargetPattern}
   * @param log told what cannot be woven, and why
   * @return whether the loader has such a method
   * @throws IllegalArgumentException if a target is none
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
   * Lets the agent of this JVM weave what one application asks for beyond its annotations, also in
   * classes that are loaded already. Only the copy of this class that the agent's jar holds, and
   * the system class loader has loaded, belongs to an agent.
   *
   * @return to be closed when the application ends, or its classes stay in memory; null if there is
   *     no agent
   * @throws IllegalArgumentException if a target is none
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
   * Returns the targets that the agent of this JVM was started with, which concern every web
   * application; empty without an agent.
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

  /** Asks the same class of the agent's own loader, so that there is no second Byte Buddy. */
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
   * Attaches to the own JVM, which newer ones warn of and some forbid, and weaves the classes of
   * one loader and of those below it, also those that are loaded already.
   *
   * @return to be closed when the application ends, or its classes stay in memory; null if the JVM
   *     cannot be attached to
   * @throws IllegalArgumentException if a target is none
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
    // A thread that the attachment starts would inherit it, and keep the application for a minute.
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

  /** Returns what a version of Java needs to be attached to, beyond a run time. */
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
