package io.github.conflictguard.recorder;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Access to the recording that the agent fills, if the agent is present: its recorder belongs to
 * the boot class loader, and exceptions are recorded there and not in a {@link Recorder} that the
 * application contains. Methods have the same meaning as there.
 *
 * <p>Thread-safe.
 */
public final class Recordings {

  /** The agent's package: renamed, so that no application can shadow it. */
  private static final String OF_AGENT = "io.github.conflictguard.agent.recorder.";

  /** Null if the recorder of this copy is used: no reflection is needed in that case. */
  private static final @Nullable Class<?> OTHER = other(Recorder.class);

  private static final @Nullable Method BEGIN = method(OTHER, "begin");
  private static final @Nullable Method END = method(OTHER, "end");
  private static final @Nullable Method SO_FAR = method(OTHER, "soFar");
  private static final @Nullable Method STORED = method(OTHER, "stored");
  private static final @Nullable Method NOTE = method(OTHER, "note", Throwable.class);

  private static final @Nullable Class<?> OTHER_COVERAGE = other(Coverage.class);
  private static final @Nullable Method IS_INSTALLED = method(OTHER_COVERAGE, "isInstalled");
  private static final @Nullable Method HAS_DRIVER = method(OTHER_COVERAGE, "hasDriver");
  private static final @Nullable Method IS_INCOMPLETE = method(OTHER_COVERAGE, "isIncomplete");

  private Recordings() {}

  /** Begins a recording on this thread. */
  public static void begin() {
    if (BEGIN == null) {
      Recorder.begin();
    } else {
      call(BEGIN);
    }
  }

  /** Ends the recording of this thread, and returns the recorded exceptions, oldest first. */
  public static Throwable[] end() {
    return END == null ? Recorder.end() : noted(END);
  }

  /** Returns the exceptions recorded so far, oldest first; the recording continues. */
  public static Throwable[] soFar() {
    return SO_FAR == null ? Recorder.soFar() : noted(SO_FAR);
  }

  /** Records a conflict that has not recorded itself. */
  public static void note(Throwable thrown) {
    if (NOTE == null) {
      Recorder.note(thrown);
    } else {
      call(NOTE, thrown);
    }
  }

  /**
   * Drops the recorded exceptions: they did not prevent the application from completing its work.
   */
  public static void stored() {
    if (STORED == null) {
      Recorder.stored();
    } else {
      call(STORED);
    }
  }

  /** Returns whether exceptions record themselves in this JVM, see {@link Coverage}. */
  public static boolean isInstalled() {
    return IS_INSTALLED == null ? Coverage.isInstalled() : isTrue(IS_INSTALLED);
  }

  /** Returns whether a JDBC driver reports changes, see {@link Coverage}. */
  public static boolean hasDriver() {
    return HAS_DRIVER == null ? Coverage.hasDriver() : isTrue(HAS_DRIVER);
  }

  /** Returns whether a class could not be instrumented, see {@link Coverage}. */
  public static boolean isIncomplete() {
    return IS_INCOMPLETE == null ? Coverage.isIncomplete() : isTrue(IS_INCOMPLETE);
  }

  private static @Nullable Class<?> other(Class<?> own) {
    try {
      Class<?> found = Class.forName(OF_AGENT + own.getSimpleName(), false, null);
      return found == own ? null : found;
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  private static @Nullable Method method(
      @Nullable Class<?> type, String name, Class<?>... parameters) {
    try {
      return type == null ? null : type.getMethod(name, parameters);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static boolean isTrue(Method method) {
    return Boolean.TRUE.equals(call(method));
  }

  private static Throwable[] noted(Method method) {
    Object noted = call(method);
    return noted instanceof Throwable[] ? (Throwable[]) noted : new Throwable[0];
  }

  /** Failures of the recorder must not make a request fail. */
  private static @Nullable Object call(Method method, Object... arguments) {
    try {
      return method.invoke(null, arguments);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
