package io.github.conflictguard.servlet.match;

import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import io.github.conflictguard.servlet.formdata.DigestedRequest;
import io.github.conflictguard.servlet.formdata.FormLimits;
import io.github.conflictguard.servlet.formdata.MultipartForm;
import io.github.conflictguard.servlet.formdata.QueryParameters;
import io.github.conflictguard.servlet.request.SentAddress;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a request that rules evaluate. Each is read only when a rule needs it, in
 * particular the body. Not safe for use by several threads.
 */
public final class RequestView {

  private final String path;
  private final @Nullable String submittedQuery;
  private final String method;

  /** Whether this is a future request, whose properties are taken from a form. */
  private final boolean submitted;

  private final FormLimits limits;
  private HttpServletRequest request;
  private @Nullable Map<String, String[]> query;
  private @Nullable Map<String, String[]> form;
  private @Nullable Map<String, String[]> multipart;
  private @Nullable MethodOverride override;

  /** The reason why the body was not read as it was sent; null when it was. */
  private BufferedRequest.@Nullable Unseen unseen;

  /** Creates a view of a request. */
  public RequestView(HttpServletRequest request) {
    this(request, FormLimits.DEFAULT);
  }

  /** Creates a view of a request that reads its body up to these limits. */
  public RequestView(HttpServletRequest request, FormLimits limits) {
    this.request = request;
    this.limits = limits;
    this.path = RequestPath.keyOf(request).toString();
    this.method = request.getMethod();
    this.submitted = false;
    this.submittedQuery = null;
  }

  private RequestView(
      HttpServletRequest page,
      String method,
      String path,
      @Nullable String query,
      @Nullable Map<String, String[]> form) {
    this.request = page;
    this.limits = FormLimits.DEFAULT;
    this.path = path;
    this.method = method;
    this.submitted = true;
    this.submittedQuery = query;
    this.form = form == null ? Collections.emptyMap() : form;
  }

  /**
   * Returns a view of a future request: the submission of a form of a page.
   *
   * @param page the request for the page
   * @param method the method of the form; GET for a link
   * @param target path and query to which it is sent
   * @param fields the fields it will send; null when they are not known yet
   * @return null when it leads out of this web application
   */
  public static @Nullable RequestView ofForm(
      HttpServletRequest page,
      String method,
      String target,
      @Nullable Map<String, String[]> fields) {
    int question = target.indexOf('?');
    String path = RequestPath.inside(page, question < 0 ? target : target.substring(0, question));
    return path == null
        ? null
        : new RequestView(
            page, method, path, question < 0 ? null : target.substring(question + 1), fields);
  }

  /** Returns the request that replaces the original one: its body can still be read. */
  public HttpServletRequest request() {
    return request;
  }

  /** Returns the method of the request. */
  public String method() {
    return method;
  }

  /**
   * Returns {@code FORWARD} for a request that reaches the filter by a forward, and {@code REQUEST}
   * for every other one; null for a future one, which a preceding filter may or may not forward.
   */
  public @Nullable DispatcherType dispatch() {
    return submitted
        ? null
        : request.getDispatcherType() == DispatcherType.FORWARD
            ? DispatcherType.FORWARD
            : DispatcherType.REQUEST;
  }

  /**
   * Returns the methods that the application may use, with that of the request last: a filter
   * between this one and the application may read another one from a header or a parameter. HEAD is
   * handled like GET, and some applications compare methods ignoring case. Unmodifiable.
   */
  public List<String> methods() {
    return override().methods();
  }

  /** Reads an overridden method in the form as well. */
  public void readMethodInForm() throws IOException {
    if (method.equals("POST") && !submitted) {
      override().add(parameter(MethodOverride.PARAMETER));
    }
  }

  private MethodOverride override() {
    MethodOverride known = override;
    if (known == null) {
      known = new MethodOverride(method);
      if (method.equals("POST") && !submitted) {
        known.add(query(MethodOverride.PARAMETER));
        known.addHeaders(request);
      }
      override = known;
    }
    return known;
  }

  /** Returns the path as {@link RequestPath} returns it, without a trailing slash. */
  public String path() {
    return path;
  }

  /** Returns a parameter of the query; null when it is missing. */
  public @Nullable String query(String name) {
    if (query == null) {
      query =
          QueryParameters.parse(submitted ? submittedQuery : SentAddress.effectiveQuery(request));
    }
    return first(query, name);
  }

  /** Returns the names of all parameters of the query. */
  public Set<String> names() {
    query("");
    return query == null ? Collections.emptySet() : query.keySet();
  }

  /** Returns whether the path has no parameters other than the session identifier. */
  public boolean isWithoutPathParameters() {
    String sent = submitted ? path : request.getRequestURI();
    return sent.indexOf(';') < 0
        || sent.toLowerCase(Locale.ROOT).replaceFirst(";jsessionid=[^;/]*$", "").indexOf(';') < 0;
  }

  /**
   * Returns whether the request may contain a form: applications do not read forms of read
   * requests.
   */
  boolean mayHaveForm() {
    return !PreconditionEvaluator.isRead(method);
  }

  /** Returns a parameter of the query, otherwise of the form, as {@code getParameter} finds it. */
  @Nullable String parameter(String name) throws IOException {
    String inQuery = query(name);
    return inQuery == null && mayHaveForm() ? field(name) : inQuery;
  }

  /**
   * Returns whether the fields of a form could not be read: it is too long, or the container parses
   * it.
   */
  public boolean isFormHidden() {
    return unseen == BufferedRequest.Unseen.TOO_LONG || (multipart != null && multipart.isEmpty());
  }

  /** Returns a field of a form of either encoding; null also for one that cannot be read. */
  public @Nullable String field(String name) throws IOException {
    if (submitted || !MultipartForm.isIn(request)) {
      return form(name);
    }
    if (multipart == null) {
      MultipartForm read = MultipartForm.read(request, limits);
      multipart = read.fields();
      request = read.request();
    }
    return first(multipart, name);
  }

  /** Reads a multipart form, if its length is within the limit. */
  public void readParts() throws IOException {
    if (MultipartForm.isIn(request)) {
      field("");
    }
  }

  /** Reads a small body of any type, or digests a longer one when the application reads it. */
  public void digestBody() throws IOException {
    request = DigestedRequest.of(request, limits);
  }

  /** Returns a field of a form's body; null for every other body, and for one beyond the limit. */
  public @Nullable String form(String name) throws IOException {
    if (form == null) {
      BufferedRequest read = BufferedRequest.form(request, limits);
      form = read.fields();
      unseen = read.unseen();
      request = read;
    }
    return first(form, name);
  }

  /**
   * Returns the names of the fields of a form's body; those of a multipart form are not included.
   */
  public Set<String> formNames() throws IOException {
    form("");
    return form == null ? Collections.emptySet() : form.keySet();
  }

  /**
   * Returns the reason why the body, if a rule evaluates it, was not read as it was sent; null when
   * it was.
   */
  public BufferedRequest.@Nullable Unseen unseen() {
    return unseen;
  }

  @Nullable String user() {
    return request.getRemoteUser();
  }

  @Nullable String session(String attributePath) {
    HttpSession session = request.getSession(false);
    return session == null ? null : AttributePath.valueIn(session, attributePath);
  }

  private static @Nullable String first(Map<String, String[]> parameters, String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values[0];
  }
}
