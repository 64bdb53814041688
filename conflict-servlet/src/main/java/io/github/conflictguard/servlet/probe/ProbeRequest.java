package io.github.conflictguard.servlet.probe;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The internal GET: a plain GET for the target of a write, on behalf of the same user. It does not
 * change the body of the write, its form parameters, its attributes or its character encoding. It
 * cannot log users in or out.
 *
 * <p>Not thread-safe.
 */
public final class ProbeRequest extends BodilessRequest {

  private final ProbeAttributes attributes = new ProbeAttributes();
  private final @Nullable String queryOfWrite;
  private final ProbeResponse answer;
  private volatile ProbeQuery query;
  private volatile @Nullable String charset;
  private @Nullable HttpSession created;
  private volatile @Nullable ProbeAsyncContext async;
  private volatile boolean dispatched;

  /**
   * Creates an internal GET.
   *
   * @param request the write
   * @param query the query of the internal GET, or null if it has none
   * @param answer the response that will be passed to the container together with this request
   */
  public ProbeRequest(HttpServletRequest request, @Nullable String query, ProbeResponse answer) {
    super(request);
    this.answer = answer;
    this.queryOfWrite = request.getQueryString();
    this.query = ProbeQuery.of(query);
    answer.staysOpenWhile(this::isAsyncStarted);
    answer.answers(this);
  }

  /** Invalidates the session if this request has created it; returns whether it did. */
  public boolean endCreatedSession() {
    if (created == null) {
      return false;
    }
    try {
      created.invalidate();
    } catch (IllegalStateException e) {
      // The application has invalidated it itself.
    }
    return true;
  }

  /** Returns a dispatcher for the internal GET itself, whose response begins empty. */
  public @Nullable RequestDispatcher getContainersDispatcher(String path) {
    return containersDispatcher(path);
  }

  /**
   * Returns a dispatcher that does not come from a wrapper of an earlier filter: Spring Security's
   * wrapper writes its headers to the response of the write.
   */
  private @Nullable RequestDispatcher containersDispatcher(@Nullable String path) {
    return path != null && path.startsWith("/")
        ? getServletContext().getRequestDispatcher(path)
        : super.getRequestDispatcher(path);
  }

  @Override
  public @Nullable RequestDispatcher getRequestDispatcher(String path) {
    int question = path == null ? -1 : path.indexOf('?');
    RequestDispatcher dispatcher =
        containersDispatcher(question < 0 ? path : path.substring(0, question));
    return dispatcher == null
        ? null
        : new ProbeDispatcher(dispatcher, this, question < 0 ? null : path.substring(question + 1));
  }

  void beginForward() {
    answer.beginForward();
  }

  /**
   * Adds the query of a nested dispatch, whose parameters come first (Servlet specification,
   * 9.1.1).
   *
   * @param added the query, or null if it has none
   * @param replaces whether it becomes the query string as well, as in a forward
   * @return the previous query
   */
  ProbeQuery addQuery(@Nullable String added, boolean replaces) {
    ProbeQuery before = query;
    query = before.with(added, replaces);
    return before;
  }

  void setQuery(ProbeQuery before) {
    query = before;
  }

  @Override
  public @Nullable String getQueryString() {
    String containers = super.getQueryString();
    // Otherwise a dispatch of the application has passed another query to the container.
    return Objects.equals(containers, queryOfWrite) ? query.text() : containers;
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return attributes.get(getRequest(), name);
  }

  @Override
  public Enumeration<String> getAttributeNames() {
    return attributes.names(getRequest());
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    attributes.set(getRequest(), name, value);
  }

  @Override
  public void removeAttribute(String name) {
    attributes.set(getRequest(), name, null);
  }

  @Override
  public @Nullable String getCharacterEncoding() {
    String own = charset;
    return own == null ? super.getCharacterEncoding() : own;
  }

  @Override
  public void setCharacterEncoding(String name) throws UnsupportedEncodingException {
    boolean known;
    try {
      known = Charset.isSupported(name);
    } catch (IllegalArgumentException e) {
      known = false;
    }
    if (!known) {
      throw new UnsupportedEncodingException(name);
    }
    charset = name;
  }

  /** Overrides a method of Servlet 6.1. */
  public void setCharacterEncoding(Charset encoding) {
    charset = encoding.name();
  }

  @Override
  public boolean authenticate(HttpServletResponse response) throws ServletException {
    if (getUserPrincipal() == null) {
      throw staysAsItIs("authenticate");
    }
    return true;
  }

  @Override
  public void login(String user, String password) throws ServletException {
    throw staysAsItIs("login");
  }

  @Override
  public void logout() throws ServletException {
    throw staysAsItIs("logout");
  }

  @Override
  public String changeSessionId() {
    throw new IllegalStateException("An internal GET of Conflict Guard keeps the session's id");
  }

  @Override
  public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws ServletException {
    throw staysAsItIs("upgrade");
  }

  private static ServletException staysAsItIs(String method) {
    return new ServletException(
        "An internal GET of Conflict Guard cannot " + method + ": that belongs to the write");
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
  public @Nullable String getParameter(String name) {
    String[] values = query.values(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] values = query.values(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(query.parameters().keySet());
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return query.parameters();
  }

  /** Returns the asynchronous context of this pass, or null if the response is complete. */
  public @Nullable ProbeAsyncContext async() {
    return async;
  }

  /** Begins the pass of a dispatch by the application. */
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
    answer.noteForward();
    async = new ProbeAsyncContext(this, answer, true);
    return async;
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    answer.noteForward();
    async = new ProbeAsyncContext(request, response, false);
    return async;
  }
}
