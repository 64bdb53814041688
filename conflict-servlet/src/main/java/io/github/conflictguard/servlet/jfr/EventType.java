package io.github.conflictguard.servlet.jfr;

import io.github.conflictguard.servlet.config.FilterNames;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A type of events of Java Flight Recorder. Made by its factory for dynamic events, by reflection:
 * the API is not part of Java 8, and a class that extends its own would be kept by the recorder,
 * together with the class loader of the application. Thread-safe.
 */
final class EventType {

  private static final Logger LOG = FilterNames.log();

  private static final String[] TEXTS = {
    "instance",
    "kind",
    "outcome",
    "status",
    "found",
    "rule",
    "handler",
    "method",
    "path",
    "resource",
    "constraint",
    "actor",
    "other",
    "origin",
    "fields",
    "trace"
  };

  private static final String[] MILLIS = {"baseAge", "otherAge", "lockWait", "wasted"};

  private final Object factory;
  private final Object type;
  private final Method isEnabled;
  private final Method newEvent;
  private final Method set;
  private final Method shouldCommit;
  private final Method commit;

  EventType(String name, String label) throws ReflectiveOperationException {
    Class<?> factoryType = Class.forName("jdk.jfr.EventFactory");
    Class<?> event = Class.forName("jdk.jfr.Event");
    this.newEvent = factoryType.getMethod("newEvent");
    this.set = event.getMethod("set", int.class, Object.class);
    this.shouldCommit = event.getMethod("shouldCommit");
    this.commit = event.getMethod("commit");
    List<Object> annotations = new ArrayList<>();
    annotations.add(annotation("Name", name));
    annotations.add(annotation("Label", label));
    annotations.add(annotation("Category", new String[] {"Conflict Guard"}));
    annotations.add(annotation("StackTrace", false));
    this.factory =
        factoryType.getMethod("create", List.class, List.class).invoke(null, annotations, fields());
    this.type = factoryType.getMethod("getEventType").invoke(factory);
    this.isEnabled = Class.forName("jdk.jfr.EventType").getMethod("isEnabled");
  }

  private static Object annotation(String type, Object value) throws ReflectiveOperationException {
    Class<?> element = Class.forName("jdk.jfr.AnnotationElement");
    return element
        .getConstructor(Class.class, Object.class)
        .newInstance(Class.forName("jdk.jfr." + type), value);
  }

  private static List<Object> fields() throws ReflectiveOperationException {
    Class<?> descriptor = Class.forName("jdk.jfr.ValueDescriptor");
    List<Object> fields = new ArrayList<>();
    for (String name : TEXTS) {
      Class<?> type = name.equals("status") ? int.class : String.class;
      fields.add(descriptor.getConstructor(Class.class, String.class).newInstance(type, name));
    }
    List<Object> millis = Arrays.asList(annotation("Timespan", "MILLISECONDS"));
    for (String name : MILLIS) {
      fields.add(
          descriptor
              .getConstructor(Class.class, String.class, List.class)
              .newInstance(long.class, name, millis));
    }
    return fields;
  }

  /** Returns whether a recording of such events runs. */
  boolean isEnabled() throws ReflectiveOperationException {
    return Boolean.TRUE.equals(isEnabled.invoke(type));
  }

  /** Commits an event with values for all fields, if a recording runs. */
  void commit(@Nullable Object... values) throws ReflectiveOperationException {
    Object event = newEvent.invoke(factory);
    if (Boolean.TRUE.equals(shouldCommit.invoke(event))) {
      for (int i = 0; i < values.length; i++) {
        set.invoke(event, i, values[i]);
      }
      commit.invoke(event);
    }
  }

  void unregister() {
    try {
      factory.getClass().getMethod("unregister").invoke(factory);
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.FINE, "Events could not be unregistered", e);
    }
  }
}
