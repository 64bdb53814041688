package io.github.conflictguard.servlet.weaving;

import io.github.conflictguard.servlet.config.WeavingWay;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes of one web application while they are loaded, from its start to its end.
 * Immutable.
 */
public final class ApplicationWeaver implements AutoCloseable {

  private static final String ELSEWHERE =
      "weave it in the build, by the command, or by the agent (-javaagent)";

  private final String whyNot;
  private final @Nullable AutoCloseable end;

  private ApplicationWeaver(String whyNot, @Nullable AutoCloseable end) {
    this.whyNot = whyNot;
    this.end = end;
  }

  /**
   * Starts weaving, if a weaver is available; otherwise this is logged.
   *
   * @param targets patterns of methods, in addition to those that are annotated
   * @throws IllegalArgumentException if a target is invalid; the message contains what is expected
   */
  public static ApplicationWeaver start(
      WeavingWay way, ClassLoader application, List<String> targets, Consumer<String> log) {
    Class<?> agent = LoadTimeWeavers.ofAgent();
    if (way == WeavingWay.NONE || (way == WeavingWay.AGENT && agent == null)) {
      return new ApplicationWeaver("nothing has woven it; " + ELSEWHERE, null);
    }
    if (way == WeavingWay.CONTAINER) {
      return inContainer(application, targets, log);
    }
    if (agent != null) {
      // Without targets of the application's own there is nothing to add to the agent's weaving.
      Object end =
          targets.isEmpty()
              ? null
              : LoadTimeWeavers.call(agent, "byAgent", application, targets, log);
      return new ApplicationWeaver(
          "the agent has left it out; the standard error of the server gives the reason",
          (AutoCloseable) end);
    }
    return attached(application, targets, log);
  }

  private static ApplicationWeaver inContainer(
      ClassLoader application, List<String> targets, Consumer<String> log) {
    Class<?> weaver = LoadTimeWeavers.in(application);
    if (weaver == null) {
      return without(log);
    }
    Object begun = LoadTimeWeavers.call(weaver, "throughContainer", application, targets, log);
    if (!Boolean.TRUE.equals(begun)) {
      log.accept(
          "the class loader of this container weaves nothing ("
              + application.getClass().getName()
              + "); "
              + ELSEWHERE);
      return new ApplicationWeaver(
          "the class loader of this container weaves nothing; " + ELSEWHERE, null);
    }
    return new ApplicationWeaver(
        "it was loaded before the class loader could weave it, as Tomcat does with servlets,"
            + " filters and listeners; "
            + ELSEWHERE,
        null);
  }

  private static ApplicationWeaver attached(
      ClassLoader application, List<String> targets, Consumer<String> log) {
    Class<?> weaver = LoadTimeWeavers.in(application);
    if (weaver == null) {
      return without(log);
    }
    Object end = LoadTimeWeavers.call(weaver, "byAttachment", application, targets, log);
    return new ApplicationWeaver(
        end == null
            ? "no agent could be attached to this JVM, as the log shows; " + ELSEWHERE
            : "the JVM has not changed it, as the log shows",
        (AutoCloseable) end);
  }

  private static ApplicationWeaver without(Consumer<String> log) {
    String reason =
        "there is no weaver among the libraries of the application: put conflict-core-agent.jar"
            + " there, or net.bytebuddy next to conflict-core";
    log.accept(reason);
    return new ApplicationWeaver(reason, null);
  }

  /** Returns the reason why a method is not guarded although it could be. */
  public String whyNot() {
    return whyNot;
  }

  /** Ends the weaving; woven classes stay woven. */
  @Override
  public void close() {
    if (end != null) {
      try {
        end.close();
      } catch (Exception e) {
        throw new IllegalStateException("The weaver cannot be taken out of this JVM", e);
      }
    }
  }
}
