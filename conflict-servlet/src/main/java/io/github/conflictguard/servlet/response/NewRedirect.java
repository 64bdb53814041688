package io.github.conflictguard.servlet.response;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The redirect method of Servlet 6.1, which the API used for compilation does not have. The call
 * must be passed to the container, which decides whether the location becomes absolute and how the
 * response ends.
 */
final class NewRedirect {

  private static final @Nullable Method METHOD = find();

  private NewRedirect() {}

  static void send(HttpServletResponse response, String location, int status, boolean clearBuffer)
      throws IOException {
    if (METHOD == null) {
      throw new UnsupportedOperationException(
          "This container's Servlet API has no sendRedirect(String, int, boolean)");
    }
    try {
      METHOD.invoke(response, location, status, clearBuffer);
    } catch (InvocationTargetException e) {
      throw NewRedirect.<RuntimeException>unchanged(e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError("A method of a public interface is accessible", e);
    }
  }

  private static @Nullable Method find() {
    try {
      return HttpServletResponse.class.getMethod(
          "sendRedirect", String.class, int.class, boolean.class);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  /** Rethrows an exception of the container as the same instance. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchanged(@Nullable Throwable thrown) throws T {
    throw (T) thrown;
  }
}
