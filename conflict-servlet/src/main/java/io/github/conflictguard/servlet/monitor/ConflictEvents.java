package io.github.conflictguard.servlet.monitor;

import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictListener;
import io.github.conflictguard.event.LockWaitEvent;
import io.github.conflictguard.event.LostUpdateEvent;
import io.github.conflictguard.event.RetryEvent;
import io.github.conflictguard.servlet.attribution.Actor;
import io.github.conflictguard.servlet.config.ActorNames;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.journal.EcsLine;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reports conflicts to the log, the counters and the application's listeners. Safe for use by
 * several threads.
 */
public final class ConflictEvents {

  /**
   * The number of places that are counted separately. Handlers come from code, but there may be
   * many.
   */
  static final int MAX_COUNTED = 1000;

  private static final Logger LOG = FilterNames.log();
  private static final int MAX_SERVICES = 256;
  private static final long LONG_WAIT_MILLIS = 1000;

  private final ServletContext context;
  private final List<ConflictListener> services = new ArrayList<>();
  private final Map<String, Count> counts = new ConcurrentHashMap<>();
  private final boolean logJson;
  private final @Nullable MonitorModel model;
  private final CollisionRecorder collisions;

  /** Loads the listeners that are services of the web application. */
  public ConflictEvents(ServletContext context) {
    this(context, ActorNames.PSEUDONYM, false, null);
  }

  /**
   * Loads the listeners that are services of the web application.
   *
   * @param names how people are named in events
   * @param logJson whether the log contains JSON objects
   * @param model receives the events as well; null for none
   */
  public ConflictEvents(
      ServletContext context, ActorNames names, boolean logJson, @Nullable MonitorModel model) {
    this.context = context;
    this.logJson = logJson;
    this.model = model;
    this.collisions = new CollisionRecorder(names, System::currentTimeMillis, model);
    Iterator<ConflictListener> found =
        ServiceLoader.load(ConflictListener.class, Thread.currentThread().getContextClassLoader())
            .iterator();
    // An iterator that fails permanently must not block the start: the number of attempts is
    // limited.
    for (int attempts = 0; attempts < MAX_SERVICES; attempts++) {
      try {
        if (!found.hasNext()) {
          break;
        }
        services.add(found.next());
      } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
        LOG.log(
            Level.WARNING,
            "A listener in META-INF/services/"
                + ConflictListener.class.getName()
                + " cannot be used; expected a public class with a public constructor without"
                + " parameters that implements it",
            e);
      }
    }
  }

  /** Returns the recorder of reads and writes, which explains conflicts. */
  public CollisionRecorder collisions() {
    return collisions;
  }

  /** Logs and counts a conflict and notifies the listeners. */
  public void tell(ConflictEvent event) {
    tell(event, null);
  }

  /**
   * Logs and counts a conflict and notifies the listeners.
   *
   * @param actor the sender, on whose worklist a refused write remains; null if it is not known
   */
  public void tell(ConflictEvent event, @Nullable Actor actor) {
    if (logJson) {
      // A stack trace would follow the object.
      log(Level.INFO, EcsLine.of(event, String.valueOf(context.getContextPath())), null);
    } else {
      log(Level.INFO, event.toString(), event.thrown());
    }
    Count count = countOf(event);
    (event.isAnswered() ? count.answered : count.observed).increment();
    if (model != null) {
      model.record(event, actor);
    }
    tellAll(event, listener -> listener.onConflict(event));
  }

  /**
   * Logs a lost update and notifies the listeners.
   *
   * @param text the line of the log, unless it contains JSON objects
   */
  public void tell(LostUpdateEvent event, Supplier<String> text) {
    log(
        Level.INFO,
        logJson ? EcsLine.of(event, String.valueOf(context.getContextPath())) : text.get(),
        null);
    if (model != null) {
      model.record(event);
    }
    tellAll(event, listener -> listener.onLostUpdate(event));
  }

  /** Records a wait for a lock and notifies the listeners, if it was long. */
  public void tell(LockWaitEvent event) {
    if (event.waitedMillis() >= LONG_WAIT_MILLIS) {
      if (model != null) {
        model.record(event);
      }
      tellAll(event, listener -> listener.onLockWait(event));
    }
  }

  /** Notifies the listeners of a retry. */
  public void tell(RetryEvent event) {
    tellAll(event, listener -> listener.onRetry(event));
  }

  private void tellAll(Object event, Consumer<ConflictListener> call) {
    services.forEach(listener -> tell(listener, event, call));
    Object attribute = context.getAttribute(FilterNames.LISTENERS);
    if (attribute instanceof Iterable) {
      tellAll((Iterable<?>) attribute, event, call);
    } else if (attribute != null) {
      tell(attribute, event, call);
    }
  }

  /** Returns the counts so far, by rule, kind and handler. */
  List<ConflictCounts> counts() {
    List<ConflictCounts> all = new ArrayList<>();
    new TreeMap<>(counts).values().forEach(count -> all.add(count.now()));
    return all;
  }

  private static void tellAll(
      Iterable<?> listeners, Object event, Consumer<ConflictListener> call) {
    try {
      listeners.forEach(listener -> tell(listener, event, call));
    } catch (Throwable e) {
      log(Level.WARNING, "The listeners could not be found at " + event, e);
    }
  }

  /**
   * Notifies a listener. Catches errors too, and objects that are not a listener: the response must
   * still be sent.
   */
  private static void tell(
      @Nullable Object listener, Object event, Consumer<ConflictListener> call) {
    try {
      call.accept(Objects.requireNonNull((ConflictListener) listener));
    } catch (Throwable e) {
      log(Level.WARNING, "A listener failed at " + event, e);
    }
  }

  /**
   * Logs a line. The exceptions of an application may fail when they are printed, and so may log
   * handlers.
   */
  private static void log(Level level, String line, @Nullable Throwable thrown) {
    try {
      LOG.log(level, line, thrown);
    } catch (Throwable e) {
      LOG.log(level, line);
    }
  }

  private Count countOf(ConflictEvent event) {
    String rule = event.rule() == null ? "-" : event.rule();
    String handler = event.handler() == null ? "-" : event.handler();
    Count known = counts.get(key(rule, event.kind(), handler));
    if (known != null) {
      return known;
    }
    String counted = counts.size() < MAX_COUNTED ? handler : "*";
    return counts.computeIfAbsent(
        key(rule, event.kind(), counted), key -> new Count(event.kind(), rule, counted));
  }

  private static String key(String rule, String kind, String handler) {
    return rule + '\n' + kind + '\n' + handler;
  }

  private static final class Count {

    final LongAdder answered = new LongAdder();
    final LongAdder observed = new LongAdder();
    private final String kind;
    private final String rule;
    private final String handler;

    Count(String kind, String rule, String handler) {
      this.kind = kind;
      this.rule = rule;
      this.handler = handler;
    }

    ConflictCounts now() {
      return new ConflictCounts(kind, rule, handler, answered.sum(), observed.sum());
    }
  }
}
