package io.github.conflictguard.servlet.match;

import io.github.conflictguard.precondition.PreconditionEvaluator;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
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
 * What rules can ask of a request. Each thing is looked up when a rule asks for it: above all the
 * body, which is read for no other reason. One thread at a time.
 */
public final class RequestView {

  private final String path;
  private final @Nullable String submittedQuery;
  private final String method;

  /** Whether the request is not made yet, and what is known is known from a form. */
  private final boolean submitted;

  private final FormLimits limits;
  private HttpServletRequest request;
  private @Nullable Map<String, String[]> query;
  private @Nullable Map<String, String[]> form;
  private @Nullable Map<String, String[]> multipart;
  private @Nullable MethodOverride override;

  /** Why the body was not read as it was sent; null when it was. */
  private BufferedRequest.@Nullable Unseen unseen;

  /** Begins to look at a request. */
  public RequestView(HttpServletRequest request) {
    this(request, FormLimits.DEFAULT);
  }

  /** Begins to look at a request, of whose body no more is read than the limits allow. */
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
   * What can be said of a request before it is made: by sending a form of a page.
   *
   * @param page the request for the page
   * @param method by which the form is sent; GET for a link
   * @param target path and query to which it is sent
   * @param fields what it will send; null when that is not known yet
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

  /** The request that has to take the place of the first one: its body can still be read. */
  public HttpServletRequest request() {
    return request;
  }

  public String method() {
    return method;
  }

  /**
   * {@code FORWARD} for a request that reaches the guard by a forward, and {@code REQUEST} for
   * every other one; null for one that is not made yet, which a filter in front may forward or not.
   */
  public @Nullable DispatcherType dispatch() {
    return submitted
        ? null
        : request.getDispatcherType() == DispatcherType.FORWARD
            ? DispatcherType.FORWARD
            : DispatcherType.REQUEST;
  }

  /**
   * The methods that the application may see, that of the request last: a filter between the guard
   * and the application may take another one from a header or a parameter. HEAD comes to GET's
   * handler, and some handlers compare without case. Unmodifiable.
   */
  public List<String> methods() {
    return override().methods();
  }

  /** Looks for a method in the form as well. */
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

  /** The path as {@link RequestPath} gives it, without a closing slash. */
  public String path() {
    return path;
  }

  /** A parameter of the query. */
  public @Nullable String query(String name) {
    if (query == null) {
      query =
          QueryParameters.parse(submitted ? submittedQuery : SentAddress.effectiveQuery(request));
    }
    return first(query, name);
  }

  /** The names of all parameters of the query. */
  public Set<String> names() {
    query("");
    return query == null ? Collections.emptySet() : query.keySet();
  }

  /** Whether the path has none but the session's id. */
  public boolean isWithoutPathParameters() {
    String sent = submitted ? path : request.getRequestURI();
    return sent.toLowerCase(Locale.ROOT).replaceFirst(";jsessionid=[^;/]*$", "").indexOf(';') < 0;
  }

  /** Whether there may be a form: that of a read is none to the application. */
  boolean mayHaveForm() {
    return !PreconditionEvaluator.isRead(method);
  }

  /** A parameter of the query or else of the form, as {@code getParameter} finds it. */
  @Nullable String parameter(String name) throws IOException {
    String inQuery = query(name);
    return inQuery == null && mayHaveForm() ? field(name) : inQuery;
  }

  /**
   * Whether the fields of a form could not be read: it is too long, or the container takes it
   * apart.
   */
  public boolean isFormHidden() {
    return unseen == BufferedRequest.Unseen.TOO_LONG || (multipart != null && multipart.isEmpty());
  }

  /** A field of a form of either sort; null for one that cannot be read, too. */
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

  /** Reads a multipart form, if there is one that is short enough. */
  public void readParts() throws IOException {
    if (MultipartForm.isIn(request)) {
      field("");
    }
  }

  /** A field of a form's body; null for every other body, and for one beyond the limit. */
  public @Nullable String form(String name) throws IOException {
    if (form == null) {
      BufferedRequest read = BufferedRequest.form(request, limits);
      form = read.fields();
      unseen = read.unseen();
      request = read;
    }
    return first(form, name);
  }

  /** The names of the fields of a form's body; of a multipart form none are looked for. */
  public Set<String> formNames() throws IOException {
    form("");
    return form == null ? Collections.emptySet() : form.keySet();
  }

  /** Why the body, where a rule looks into it, was not read as it was sent; null when it was. */
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
