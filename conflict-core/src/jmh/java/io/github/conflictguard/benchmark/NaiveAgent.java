package io.github.conflictguard.benchmark;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.isAnnotatedWith;
import static net.bytebuddy.matcher.ElementMatchers.named;

import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.WovenGuard;
import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** The agent that somebody writes in ten minutes: Byte Buddy's builder, and a matcher. */
public final class NaiveAgent {

  private NaiveAgent() {}

  public static void premain(String options, Instrumentation instrumentation) {
    new AgentBuilder.Default()
        .type(declaresMethod(isAnnotatedWith(named(ConflictGuarded.class.getName()))))
        .transform(
            new AgentBuilder.Transformer.ForAdvice()
                .include(NaiveAgent.class.getClassLoader())
                .advice(
                    isAnnotatedWith(named(ConflictGuarded.class.getName())),
                    Translation.class.getName()))
        .installOn(instrumentation);
  }

  /** What is copied into the methods. */
  public static final class Translation {

    private Translation() {}

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void onExit(
        @Advice.Thrown(readOnly = false, typing = Assigner.Typing.DYNAMIC) Throwable thrown) {
      if (thrown != null) {
        thrown = WovenGuard.translate(thrown, "");
      }
    }
  }
}
