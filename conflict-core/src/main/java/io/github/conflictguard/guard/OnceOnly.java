package io.github.conflictguard.guard;

import java.io.InputStream;
import java.io.Reader;
import java.nio.channels.ReadableByteChannel;
import java.sql.ResultSet;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** Detects arguments that can be read only once, and would be empty for a second attempt. */
final class OnceOnly {

  private OnceOnly() {}

  /**
   * Returns the first argument that may be exhausted. The request's own body is ignored if the
   * check of this thread tracks its reads.
   */
  static @Nullable Object among(Object[] arguments) {
    for (Object argument : arguments) {
      // Arguments of a method with variable arity are passed as an array.
      Object found =
          argument instanceof Object[]
              ? inArray((Object[]) argument)
              : isOnceOnly(argument) && !isFollowed(argument) ? argument : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Searches one level deep: an array may contain itself. */
  private static @Nullable Object inArray(Object[] elements) {
    for (Object element : elements) {
      if (isOnceOnly(element) && !isFollowed(element)) {
        return element;
      }
    }
    return null;
  }

  private static boolean isFollowed(Object argument) {
    RepeatCheck check = CurrentCheck.get();
    return check != null && check.follows(argument);
  }

  private static boolean isOnceOnly(@Nullable Object argument) {
    return argument instanceof InputStream
        || argument instanceof Reader
        || argument instanceof ReadableByteChannel
        || argument instanceof Iterator
        || argument instanceof Enumeration
        || argument instanceof BaseStream
        || argument instanceof ResultSet;
  }
}
