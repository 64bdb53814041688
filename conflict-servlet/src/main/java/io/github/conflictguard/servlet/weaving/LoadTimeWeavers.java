package io.github.conflictguard.servlet.weaving;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Access to the load-time weaver of core by name: the drop-in jar contains neither it nor Byte
 * Buddy.
 */
final class LoadTimeWeavers {

  /** The weaver in the agent's jar, which contains Byte Buddy under another package name. */
  private static final String OF_AGENT = "io.github.conflictguard.agent.loadtime.LoadTimeWeaver";

  private static final String OF_CORE = "io.github.conflictguard.loadtime.LoadTimeWeaver";
  private static final String BYTE_BUDDY = "net.bytebuddy.ByteBuddy";

  private static final Logger LOG = Logger.getLogger(LoadTimeWeavers.class.getName());

  private LoadTimeWeavers() {}

  /** Returns the weaver of the agent of this JVM; null if there is no agent. */
  static @Nullable Class<?> ofAgent() {
    return System.getProperty("io.github.conflictguard.agent") == null
        ? null
        : find(OF_AGENT, ClassLoader.getSystemClassLoader());
  }

  /** Returns the targets of the agent of this JVM; empty if there is none, or an older one. */
  static List<String> targetsOfAgent() {
    List<String> targets = new ArrayList<>();
    Class<?> agent = ofAgent();
    try {
      if (agent != null) {
        for (Object each : (List<?>) agent.getMethod("targetsOfAgent").invoke(null)) {
          targets.add(String.valueOf(each));
        }
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.log(Level.FINE, "The agent does not tell its targets", e);
    }
    return targets;
  }

  /**
   * Returns the weaver that an application can use: from the agent's jar in its libraries, or core
   * and Byte Buddy.
   */
  static @Nullable Class<?> in(ClassLoader application) {
    Class<?> found = find(OF_AGENT, application);
    return found != null || find(BYTE_BUDDY, application) == null
        ? found
        : find(OF_CORE, application);
  }

  /**
   * Calls a method of a weaver.
   *
   * @throws IllegalArgumentException if a target is invalid
   */
  static @Nullable Object call(
      Class<?> weaver,
      String way,
      ClassLoader application,
      List<String> targets,
      Consumer<String> log) {
    try {
      return weaver
          .getMethod(way, ClassLoader.class, List.class, Consumer.class)
          .invoke(null, application, targets, log);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException) {
        throw (IllegalArgumentException) e.getCause();
      }
      log.accept("weaving could not begin: " + e.getCause());
      return null;
    } catch (ReflectiveOperationException | LinkageError e) {
      log.accept("the weaver is of another version than the filter: " + e);
      return null;
    }
  }

  private static @Nullable Class<?> find(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }
}
