package io.github.conflictguard.servlet;

import io.github.conflictguard.guard.RepeatCheck;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A request that remembers from where the application has asked for its body as a stream: what is
 * read from there comes only once. What a method was given, read by its callers, it can be given
 * again. Parameters and parts of a form are kept by the container.
 *
 * <p>Safe for use by several threads.
 */
final class WatchedBody extends HttpServletRequestWrapper {

  /** More than an application has reasons for. */
  private static final int MOST = 8;

  private final List<Asked> asked = new ArrayList<>();

  WatchedBody(HttpServletRequest request) {
    super(request);
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    noteCaller();
    return super.getInputStream();
  }

  @Override
  public BufferedReader getReader() throws IOException {
    noteCaller();
    return super.getReader();
  }

  /**
   * Whether this method, or what it called, has asked for the body; in doubt it has.
   *
   * @param code {@code com.example.Orders#save(Order)}
   */
  synchronized boolean wasAskedForIn(String code) {
    return asked.size() == MOST || asked.stream().anyMatch(one -> one.wasIn(code));
  }

  /** A stack costs more than the rest of a request, and most applications repeat nothing. */
  private void noteCaller() {
    if (RepeatCheck.mayBeAsked()) {
      note();
    }
  }

  private synchronized void note() {
    if (asked.size() < MOST) {
      asked.add(new Asked());
    }
  }

  /** One call. Its stack is looked at when a guarded method wants to run again, if ever. */
  private static final class Asked {

    private final Throwable from = new Throwable();
    private final Thread by = Thread.currentThread();

    boolean wasIn(String code) {
      int method = code.indexOf('#');
      StackTraceElement[] stack = from.getStackTrace();
      if (method < 0 || stack.length == 0 || by != Thread.currentThread()) {
        return true;
      }
      int end = code.indexOf('(', method);
      String type = withoutNesting(code.substring(0, method));
      String name = code.substring(method + 1, end < 0 ? code.length() : end);
      for (StackTraceElement frame : stack) {
        if (frame.getMethodName().equals(name)
            && withoutNesting(frame.getClassName()).equals(type)) {
          return true;
        }
      }
      return false;
    }

    private static String withoutNesting(String type) {
      return type.replace('$', '.');
    }
  }
}
