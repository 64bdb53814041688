package io.github.conflictguard.classify;

import io.github.conflictguard.classify.evidence.SafeReader;
import io.github.conflictguard.conflict.ConflictClassifier;
import io.github.conflictguard.conflict.ConflictKind;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the application: exceptions of this class, with a matching message, are of this kind,
 * or not a conflict.
 */
final class ExceptionRule implements ConflictClassifier {

  /**
   * The length at which a message is truncated before matching: an exception may hold a whole file.
   */
  private static final int MAX_MESSAGE = 4096;

  private final String className;
  private final @Nullable Pattern message;

  /** Null for exceptions that are not a conflict. */
  private final @Nullable ConflictKind kind;

  ExceptionRule(String className, @Nullable Pattern message, @Nullable ConflictKind kind) {
    if (className.trim().isEmpty()) {
      throw new IllegalArgumentException(
          "No exception class for the rule of kind "
              + (kind == null ? "none" : kind.code())
              + ": \""
              + className
              + '"');
    }
    this.className = className;
    this.message = message;
    this.kind = kind;
  }

  @Override
  public @Nullable ConflictKind classify(Throwable thrown) {
    return kind != null && matches(thrown) ? kind : null;
  }

  @Override
  public boolean excludes(Throwable thrown) {
    return kind == null && matches(thrown);
  }

  private boolean matches(Throwable thrown) {
    if (thrown instanceof Error) {
      return false;
    }
    for (Throwable throwable : CauseGraph.from(thrown)) {
      if (isOfClass(throwable.getClass()) && messageMatches(throwable)) {
        return true;
      }
    }
    return false;
  }

  private boolean isOfClass(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (c.getName().equals(className)) {
        return true;
      }
      for (Class<?> implemented : c.getInterfaces()) {
        if (isOfClass(implemented)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean messageMatches(Throwable throwable) {
    if (message == null) {
      return true;
    }
    String text = SafeReader.read(throwable::getMessage);
    return text != null
        && message.matcher(text.substring(0, Math.min(text.length(), MAX_MESSAGE))).find();
  }
}
