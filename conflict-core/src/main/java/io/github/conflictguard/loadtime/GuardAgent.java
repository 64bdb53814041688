package io.github.conflictguard.loadtime;

import io.github.conflictguard.weave.ConsoleLog;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent: {@code -javaagent:conflict-guard-agent.jar}. Weaves every class that asks for a guard
 * while it is loaded, in every application of the JVM, and lets the exceptions of known conflicts
 * note themselves. The WAR needs no Byte Buddy; whatever classes its loader sees of the guard
 * count, or else those of the agent.
 *
 * <p>For its options see {@link WeaveOptions}; a wrong one stops the JVM, with a message. A JVM
 * that has the agent says so by the system property {@code io.github.conflictguard.agent}.
 */
public final class GuardAgent {

  /** Set while an agent weaves this JVM. */
  static final String PRESENT = "io.github.conflictguard.agent";

  /** What the JVM gave this agent: it is there for as long as the JVM is. */
  private static volatile @Nullable Instrumentation instrumentation;

  private static volatile List<String> targets = Collections.emptyList();

  /** Where the agent itself is; null when it is here. */
  private static volatile @Nullable AgentLoader loader;

  private GuardAgent() {}

  /** The instrumentation of the agent that is this very class; null when it is no agent's. */
  static @Nullable Instrumentation instrumentation() {
    return instrumentation;
  }

  /** Returns the targets of the agent that is this very class; empty when it is no agent's. */
  static List<String> targets() {
    return targets;
  }

  /** The loader of the agent that this very class has started; null when it has not. */
  static @Nullable ClassLoader loader() {
    return loader;
  }

  /** Called by the JVM before the application starts. */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    start(options, instrumentation);
  }

  /** Called by the JVM when the agent is attached to an application that runs. */
  public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
    start(options, instrumentation);
  }

  /**
   * Nothing of the agent but this class belongs to the system class loader. An agent that is named
   * twice has one loader.
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
        throw (RuntimeException) e.getCause(); // A wrong option.
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
      RecorderTransformer.install(instrumentation, options.recorded(), log);
    }
    GuardTransformer transformer =
        new GuardTransformer(options.targets(), options.looksAbove(), "agent", log);
    instrumentation.addTransformer(transformer, true);
    LoadedClasses.retransform(instrumentation, transformer, log);
  }
}
