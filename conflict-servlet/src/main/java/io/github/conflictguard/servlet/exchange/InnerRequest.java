package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The filter's own question: a plain GET for the target of a write, in the name of the same user.
 * The body of the write stays untouched, and so do its form parameters.
 *
 * <p>One thread at a time.
 */
public final class InnerRequest extends HidingRequest {

  private final Map<String, String[]> parameters;
  private final CapturedResponse answer;
  private @Nullable HttpSession created;
  private volatile @Nullable InnerAsync async;
  private volatile boolean dispatched;

  /**
   * Makes a question.
   *
   * @param request the write
   * @param query the query of the question; null when it has none
   * @param answer what will be given to the container together with this
   */
  public InnerRequest(HttpServletRequest request, @Nullable String query, CapturedResponse answer) {
    super(request, HiddenHeaders::ofAWrite);
    this.answer = answer;
    this.parameters = QueryParameters.parse(query);
    answer.staysOpenWhile(this::isAsyncStarted);
  }

  /** Ends the session that only this question created, if it did; says whether it did. */
  public boolean endCreatedSession() {
    if (created == null) {
      return false;
    }
    try {
      created.invalidate();
    } catch (IllegalStateException e) {
      // The application has ended it itself.
    }
    return true;
  }

  /** For the question itself: what it is answered with begins empty. */
  public @Nullable RequestDispatcher getContainersDispatcher(String path) {
    return super.getRequestDispatcher(path);
  }

  @Override
  public @Nullable RequestDispatcher getRequestDispatcher(String path) {
    RequestDispatcher dispatcher = super.getRequestDispatcher(path);
    return dispatcher == null ? null : new WatchedDispatcher(dispatcher, answer::beginForward);
  }

  /** What the container sends by itself is not seen. */
  @Override
  public @Nullable Object getAttribute(String name) {
    return BodyElsewhere.isOffer(name) ? null : super.getAttribute(name);
  }

  @Override
  public String getMethod() {
    return "GET";
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    HttpSession session = super.getSession(false);
    if (session == null && create) {
      session = super.getSession(true);
      created = session;
    }
    return session;
  }

  @Override
  public @Nullable HttpSession getSession() {
    return getSession(true);
  }

  @Override
  public @Nullable String getContentType() {
    return null;
  }

  @Override
  public int getContentLength() {
    return -1;
  }

  @Override
  public long getContentLengthLong() {
    return -1;
  }

  @Override
  public ServletInputStream getInputStream() {
    return new EmptyInput();
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new StringReader(""));
  }

  @Override
  public Collection<Part> getParts() {
    return Collections.emptyList();
  }

  @Override
  public @Nullable Part getPart(String name) {
    return null;
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(parameters.keySet());
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return Collections.unmodifiableMap(parameters);
  }

  /** What the application has made of it in this pass; null when it has answered already. */
  public @Nullable InnerAsync async() {
    return async;
  }

  /** Begins the pass that the application has asked for. */
  public void beginDispatch() {
    async = null;
    dispatched = true;
  }

  @Override
  public DispatcherType getDispatcherType() {
    return dispatched ? DispatcherType.ASYNC : super.getDispatcherType();
  }

  @Override
  public boolean isAsyncSupported() {
    return true;
  }

  @Override
  public boolean isAsyncStarted() {
    return async != null && !async.hasEnded();
  }

  @Override
  public AsyncContext getAsyncContext() {
    if (async == null) {
      throw new IllegalStateException("The request is not asynchronous");
    }
    return async;
  }

  @Override
  public AsyncContext startAsync() {
    async = new InnerAsync(this, answer, true);
    return async;
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    async = new InnerAsync(request, response, false);
    return async;
  }
}
