package io.github.conflictguard.loadtime;

import io.github.conflictguard.weave.ConsoleLog;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent: {@code -javaagent:conflict-guard-agent.jar}. Weaves each class that requires a guard
 * while it is loaded, in all applications of the JVM, and lets the exceptions of known conflicts
 * record themselves. The WAR does not need Byte Buddy; woven code uses the guard classes that are
 * visible to its class loader, or otherwise those of the agent.
 *
 * <p>For the options see {@link WeaveOptions}; an invalid one stops the JVM with a message. The
 * system property {@code io.github.conflictguard.agent} is set in a JVM with the agent.
 */
public final class GuardAgent {

  /** Set while an agent weaves this JVM. */
  static final String PRESENT = "io.github.conflictguard.agent";

  /** The instrumentation that the JVM passed to this agent; set for the lifetime of the JVM. */
  private static volatile @Nullable Instrumentation instrumentation;

  private static volatile List<String> targets = Collections.emptyList();

  /** The class loader of the agent's own classes; null if this class is one of them. */
  private static volatile @Nullable AgentLoader loader;

  private GuardAgent() {}

  /** Returns the instrumentation if this class is the agent; null otherwise. */
  static @Nullable Instrumentation instrumentation() {
    return instrumentation;
  }

  /** Returns the targets if this class is the agent; empty otherwise. */
  static List<String> targets() {
    return targets;
  }

  /**
   * Returns the loader of the agent that this class has started; null if it has not started one.
   */
  static @Nullable ClassLoader loader() {
    return loader;
  }

  /** Called by the JVM before the application starts. */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    start(options, instrumentation);
  }

  /** Called by the JVM when the agent is attached to a running application. */
  public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
    start(options, instrumentation);
  }

  /**
   * Starts the agent in a loader of its own: only this class belongs to the system class loader. An
   * agent that is specified twice has one loader.
   */
  private static synchronized void start(
      @Nullable String options, Instrumentation instrumentation) {
    AgentLoader own = loader == null ? AgentLoader.of(GuardAgent.class) : loader;
    if (own == null) {
      install(options, instrumentation);
      return;
    }
    try {
      Method install =
          own.loadClass(GuardAgent.class.getName())
              .getDeclaredMethod("install", String.class, Instrumentation.class);
      install.setAccessible(true);
      install.invoke(null, options, instrumentation);
      loader = own;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException) {
        throw (RuntimeException) e.getCause(); // An invalid option.
      }
      throw new IllegalStateException("the agent cannot start", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the agent's jar is not complete", e);
    }
  }

  private static synchronized void install(@Nullable String text, Instrumentation instrumentation) {
    WeaveOptions options = WeaveOptions.parse(text);
    ConsoleLog log = new ConsoleLog(System.err, options.isVerbose());
    if (System.getProperty(PRESENT) != null) {
      log.say("the agent is there already; this one does nothing");
      return;
    }
    System.setProperty(PRESENT, "true");
    GuardAgent.instrumentation = instrumentation;
    GuardAgent.targets = options.targetTexts();
    if (options.hasRecorder()) {
      RecorderTransformer.install(
          instrumentation, options.recorded(), options.fencesModules(), log);
    }
    GuardTransformer transformer =
        new GuardTransformer(options.targets(), options.looksAbove(), "agent", log);
    instrumentation.addTransformer(transformer, true);
    LoadedClasses.retransform(instrumentation, transformer, log);
  }
}
