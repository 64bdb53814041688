package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A request whose response is held back. When it becomes asynchronous the response is let go first,
 * so that no other thread ever meets a held one.
 */
public class WatchedRequest extends HttpServletRequestWrapper {

  private final BufferedResponse response;

  public WatchedRequest(HttpServletRequest request, BufferedResponse response) {
    super(request);
    this.response = response;
  }

  @Override
  public @Nullable RequestDispatcher getRequestDispatcher(String path) {
    RequestDispatcher dispatcher = super.getRequestDispatcher(path);
    return dispatcher == null ? null : new WatchedDispatcher(dispatcher, response::discard);
  }

  @Override
  public AsyncContext startAsync() {
    letGo();
    return super.startAsync();
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    letGo();
    return super.startAsync(request, response);
  }

  final AsyncContext startContainersAsync() {
    return super.startAsync();
  }

  final AsyncContext startContainersAsync(ServletRequest request, ServletResponse given) {
    return super.startAsync(request, given);
  }

  private void letGo() {
    try {
      response.handOver();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
