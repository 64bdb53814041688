package io.github.conflictguard.weave;

import java.lang.instrument.Instrumentation;
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

  private GuardAgent() {}

  /** The instrumentation of the agent that is this very class; null when it is no agent's. */
  static @Nullable Instrumentation instrumentation() {
    return instrumentation;
  }

  /** Called by the JVM before the application starts. */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    install(WeaveOptions.parse(options), instrumentation);
  }

  /** Called by the JVM when the agent is attached to an application that runs. */
  public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
    install(WeaveOptions.parse(options), instrumentation);
  }

  private static synchronized void install(WeaveOptions options, Instrumentation instrumentation) {
    ConsoleLog log = new ConsoleLog(System.err, options.isVerbose());
    if (System.getProperty(PRESENT) != null) {
      log.say("the agent is there already; this one does nothing");
      return;
    }
    System.setProperty(PRESENT, "true");
    GuardAgent.instrumentation = instrumentation;
    if (options.hasRecorder()) {
      RecorderTransformer.install(instrumentation, options.recorded(), log);
    }
    GuardTransformer transformer =
        new GuardTransformer(options.targets(), options.looksAbove(), "agent", log);
    instrumentation.addTransformer(transformer, true);
    LoadedClasses.retransform(instrumentation, transformer::concerns, log);
  }
}
