package io.github.conflictguard.servlet.buffer;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A request whose response is buffered. When the request becomes asynchronous the response is
 * released first, so that no other thread ever uses a buffered one.
 */
public class AsyncReleasingRequest extends HttpServletRequestWrapper {

  private final BufferedResponse response;

  public AsyncReleasingRequest(HttpServletRequest request, BufferedResponse response) {
    super(request);
    this.response = response;
    response.answers(request);
  }

  @Override
  public @Nullable RequestDispatcher getRequestDispatcher(String path) {
    RequestDispatcher dispatcher = super.getRequestDispatcher(path);
    return dispatcher == null ? null : new ResettingDispatcher(dispatcher, this::beginForward);
  }

  /**
   * Returns the session. A new session sets a cookie, in a response that the timer may be sending.
   */
  @Override
  public @Nullable HttpSession getSession(boolean create) {
    enter();
    try {
      return super.getSession(create);
    } finally {
      exit();
    }
  }

  @Override
  public @Nullable HttpSession getSession() {
    return getSession(true);
  }

  @Override
  public String changeSessionId() {
    enter();
    try {
      return super.changeSessionId();
    } finally {
      exit();
    }
  }

  @Override
  public boolean authenticate(HttpServletResponse given) throws IOException, ServletException {
    enter();
    try {
      return super.authenticate(given);
    } finally {
      exit();
    }
  }

  @Override
  public void login(String user, String password) throws ServletException {
    enter();
    try {
      super.login(user, password);
    } finally {
      exit();
    }
  }

  @Override
  public void logout() throws ServletException {
    enter();
    try {
      super.logout();
    } finally {
      exit();
    }
  }

  private void beginForward() {
    enter();
    try {
      response.beginForward();
    } finally {
      exit();
    }
  }

  private void enter() {
    ResponseLock lock = response.body().lock();
    if (lock != null) {
      lock.enter();
    }
  }

  private void exit() {
    ResponseLock lock = response.body().lock();
    if (lock != null) {
      lock.exit();
    }
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
    response.beginAsync();
    return super.startAsync();
  }

  final AsyncContext startContainersAsync(ServletRequest request, ServletResponse given) {
    response.beginAsync();
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
