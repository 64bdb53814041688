package io.github.conflictguard.servlet.bridge;

import io.github.conflictguard.count.RetryCounts;
import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictListener;
import io.github.conflictguard.event.LockWaitEvent;
import io.github.conflictguard.event.RetryEvent;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.monitor.RuleCounters;
import io.github.conflictguard.servlet.rule.Mode;
import jakarta.servlet.ServletContext;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The numbers of one application, shared by its filters, and the bridges that publish them.
 * Thread-safe.
 */
final class Telemetry implements ConflictListener {

  private static final Logger LOG = FilterNames.log();
  private static final String ATTRIBUTE = Telemetry.class.getName();

  /** Stands for the rule of requests to which none applies, as in JMX. */
  private static final String NO_RULE = "-";

  private final ServletContext context;
  private final Map<String, Bridge> bridges = new ConcurrentHashMap<>();
  private final Map<String, Series> numbers = new ConcurrentHashMap<>();
  private final AtomicBoolean retriesPublished = new AtomicBoolean();
  private int users;

  private Telemetry(ServletContext context) {
    this.context = context;
  }

  /** Returns the telemetry of an application, for one more filter. */
  static Telemetry join(ServletContext context) {
    synchronized (Telemetry.class) {
      Object known = context.getAttribute(ATTRIBUTE);
      // Another copy of this class may be in the server's shared libraries.
      Telemetry telemetry = known instanceof Telemetry ? (Telemetry) known : new Telemetry(context);
      if (known == null) {
        context.setAttribute(ATTRIBUTE, telemetry);
      }
      telemetry.users++;
      return telemetry;
    }
  }

  /** Ends the use by one filter; that of the last one removes everything that was published. */
  void leave() {
    synchronized (Telemetry.class) {
      users--;
      if (users > 0) {
        return;
      }
      if (context.getAttribute(ATTRIBUTE) == this) {
        context.removeAttribute(ATTRIBUTE);
      }
    }
    synchronized (numbers) {
      toAll(Bridge::close);
      bridges.clear();
    }
  }

  /**
   * Publishes the numbers by one more library, if the application has it.
   *
   * @param library its bridge
   */
  void bridge(OptionalClass library) {
    String name = library.full();
    if (bridges.containsKey(name)) {
      return;
    }
    Bridge bridge = library.create(Bridge.class);
    if (bridge == null) {
      return;
    }
    synchronized (numbers) {
      bridges.put(name, bridge);
      numbers.values().forEach(series -> to(name, bridge, each -> each.publish(series)));
    }
  }

  /**
   * Publishes the counters of the rules of a filter: those that are incremented in their mode.
   *
   * @param changeable whether modes can change later
   */
  void publish(Collection<RuleCounters> rules, boolean changeable) {
    for (RuleCounters rule : rules) {
      if (rule.mode() == Mode.OFF) {
        continue;
      }
      String name = rule.rule();
      LongAdder failed = rule.failed;
      LongAdder missing = rule.required;
      LongAdder replayed = rule.replayed;
      number(Metric.PRECONDITIONS, "rule", name, "result", "failed").add(failed::sum);
      number(Metric.PRECONDITIONS, "rule", name, "result", "missing").add(missing::sum);
      number(Metric.REPLAYS, "rule", name).add(replayed::sum);
      if (rule.mode() == Mode.OBSERVE || changeable) {
        LongAdder lost = rule.lostUpdates;
        number(Metric.LOST_UPDATES, "rule", name).add(lost::sum);
      }
    }
  }

  /** Gives the libraries an opportunity to start. */
  void onRequest() {
    toAll(Bridge::onRequest);
  }

  @Override
  public void onConflict(ConflictEvent event) {
    toAll(bridge -> bridge.onConflict(event));
    number(
            Metric.CONFLICTS,
            "kind",
            event.kind(),
            "rule",
            event.rule() == null ? NO_RULE : event.rule(),
            "found",
            event.found().code(),
            "outcome",
            event.isAnswered() ? "answered" : "observed")
        .increment();
  }

  /** Counts the waits of each rule from its first one on. */
  @Override
  public void onLockWait(LockWaitEvent event) {
    String rule = event.rule() == null ? NO_RULE : event.rule();
    number(Metric.LOCK_WAIT, "rule", rule).increment(event.waitedMillis());
  }

  @Override
  public void onRetry(RetryEvent event) {
    if (retriesPublished.compareAndSet(false, true)) {
      retries("repeated", RetryCounts::getRepeated);
      retries("succeeded", RetryCounts::getSucceeded);
      retries("given-up", RetryCounts::getGivenUp);
    }
  }

  /** Publishes the sum for all guarded methods. */
  private void retries(String outcome, ToLongFunction<RetryCounts> count) {
    number(Metric.RETRIES, "outcome", outcome)
        .add(() -> RetryCounts.all().stream().mapToLong(count).sum());
  }

  /**
   * Returns a number, which is published if it is new.
   *
   * @param tags alternating names and values
   */
  private Series number(Metric metric, String... tags) {
    String key = metric + "\n" + String.join("\n", tags);
    Series known = numbers.get(key);
    return known == null ? create(key, metric, tags) : known;
  }

  private Series create(String key, Metric metric, String... tags) {
    synchronized (numbers) {
      Series known = numbers.get(key);
      if (known != null) {
        return known;
      }
      Map<String, String> all = new LinkedHashMap<>();
      // Several applications may share a library of the server.
      String path = context.getContextPath();
      all.put("context", path.isEmpty() ? "/" : path);
      for (int i = 0; i < tags.length; i += 2) {
        all.put(tags[i], tags[i + 1]);
      }
      Series series = new Series(metric, all);
      numbers.put(key, series);
      toAll(bridge -> bridge.publish(series));
      return series;
    }
  }

  private void toAll(Consumer<Bridge> call) {
    bridges.forEach((name, bridge) -> to(name, bridge, call));
  }

  /** Calls a bridge. One that fails is not used again: the response must not depend on it. */
  private void to(String name, Bridge bridge, Consumer<Bridge> call) {
    try {
      call.accept(bridge);
    } catch (LinkageError e) {
      LOG.log(Level.FINE, e, () -> "The version of the library does not fit " + name);
      close(name, bridge);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, e, () -> "Nothing more is published by the " + name);
      close(name, bridge);
    }
  }

  private void close(String name, Bridge bridge) {
    if (bridges.remove(name, bridge)) {
      try {
        bridge.close();
      } catch (LinkageError | RuntimeException e) {
        LOG.log(Level.FINE, e, () -> "Not everything that was published could be removed: " + name);
      }
    }
  }
}
