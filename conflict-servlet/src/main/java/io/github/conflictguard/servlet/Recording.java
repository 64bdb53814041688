package io.github.conflictguard.servlet;

import io.github.conflictguard.recorder.Recorder;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The recorder of this JVM, if the agent has brought one: the class {@link Recorder} of the boot
 * class loader. A web application that has a copy of its own would ask the wrong one, into which
 * nobody writes. Without the agent nothing is recorded, and nothing is spent on it. Safe for use by
 * several threads.
 */
final class Recording {

  private static final Logger LOG = Logger.getLogger(ConflictFilter.class.getName());
  private static final Throwable[] NOTHING = {};
  private static final Recording NONE = new Recording(null, null, null);

  private final @Nullable MethodHandle begin;
  private final @Nullable MethodHandle soFar;
  private final @Nullable MethodHandle end;

  private Recording(
      @Nullable MethodHandle begin, @Nullable MethodHandle soFar, @Nullable MethodHandle end) {
    this.begin = begin;
    this.soFar = soFar;
    this.end = end;
  }

  static Recording none() {
    return NONE;
  }

  /** The one of the agent. */
  static Recording ofThisJvm() {
    try {
      return of(Class.forName(Recorder.class.getName(), false, null));
    } catch (ClassNotFoundException e) {
      return NONE;
    }
  }

  /** The one that this class keeps, which may come from anywhere. */
  static Recording of(Class<?> recorder) {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    MethodType array = MethodType.methodType(Throwable[].class);
    try {
      return new Recording(
          lookup.findStatic(recorder, "begin", MethodType.methodType(void.class)),
          lookup.findStatic(recorder, "soFar", array),
          lookup.findStatic(recorder, "end", array));
    } catch (ReflectiveOperationException e) {
      LOG.log(
          Level.WARNING,
          "The agent is of another version than the filter, and what it records cannot be read;"
              + " expected is an agent of the filter's version",
          e);
      return NONE;
    }
  }

  /** Begins to record what is thrown on this thread. */
  void begin() {
    if (begin != null) {
      invoke(begin);
    }
  }

  /** What was recorded and matters up to now, the oldest first. */
  Throwable[] soFar() {
    Object recorded = soFar == null ? null : invoke(soFar);
    return recorded == null ? NOTHING : (Throwable[]) recorded;
  }

  /** Ends it, whatever it has recorded. */
  void end() {
    if (end != null) {
      invoke(end);
    }
  }

  private static @Nullable Object invoke(MethodHandle handle) {
    try {
      return handle.invoke();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("The recorder declares no exception", e);
    }
  }
}
