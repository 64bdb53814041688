package io.github.conflictguard.servlet.formdata;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body was read before the application runs, as bytes. The application reads the
 * same bytes again. The parameters of a form are decoded when the application first requests one:
 * by then its own encoding filter has set the charset.
 *
 * <p>Not thread-safe.
 */
public final class BufferedRequest extends HttpServletRequestWrapper {

  /**
   * The replacement for undecodable bytes: different byte sequences cannot be distinguished then.
   */
  private static final char REPLACEMENT = '\uFFFD';

  private final byte[] body;
  private final boolean complete;
  private final FormLimits limits;

  /** The fields that the container has read because of an earlier filter; null if it has not. */
  private final @Nullable Map<String, String[]> readInFront;

  private @Nullable String encoding;
  private @Nullable ServletInputStream stream;
  private @Nullable BufferedReader reader;
  private @Nullable Map<String, String[]> parameters;

  private BufferedRequest(
      HttpServletRequest request,
      byte[] body,
      boolean complete,
      FormLimits limits,
      @Nullable Map<String, String[]> readInFront) {
    super(request);
    this.body = body;
    this.complete = complete;
    this.limits = limits;
    this.readInFront = readInFront;
  }

  /**
   * Reads the body of a form, up to a limit; other bodies are not read. If an earlier filter has
   * requested a parameter, so that the container has read the body, the fields are those of the
   * container, and nothing changes for the application.
   */
  public static BufferedRequest form(HttpServletRequest request, FormLimits limits)
      throws IOException {
    long length = request.getContentLengthLong();
    // A form that the container will reject is left to it, unread.
    return !isForm(request)
            || length > limits.bytes
            || FormSyntax.of(request, limits).isTooLong(length)
        ? unread(request, limits)
        : read(request, limits.bytes, limits);
  }

  private static BufferedRequest unread(HttpServletRequest request, FormLimits limits) {
    return new BufferedRequest(request, new byte[0], false, limits, null);
  }

  /**
   * Reads a body that is small and that the client sends without waiting.
   *
   * @return the request; null if the body may be longer than the limit, if the client waits for a
   *     100 (Continue) response, or if the container must parse the body (multipart)
   */
  public static @Nullable BufferedRequest small(HttpServletRequest request, int limit)
      throws IOException {
    if (request instanceof BufferedRequest && ((BufferedRequest) request).complete) {
      return (BufferedRequest) request;
    }
    long length = request.getContentLengthLong();
    String type = request.getContentType();
    if (length > limit
        || request.getHeader("Expect") != null
        || (length < 0 && request.getHeader("Transfer-Encoding") != null)
        || (length < 0 && !request.getProtocol().startsWith("HTTP/1."))
        || (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/"))) {
      return null;
    }
    if (length <= 0) {
      return new BufferedRequest(request, new byte[0], true, FormLimits.DEFAULT, null);
    }
    BufferedRequest read = read(request, limit, FormLimits.DEFAULT);
    return read.readInFront == null ? read : null;
  }

  /** Reads the beginning of a body; the application reads the rest as it arrives. */
  public static BufferedRequest beginning(HttpServletRequest request, int limit)
      throws IOException {
    return read(request, limit, FormLimits.DEFAULT);
  }

  private static BufferedRequest read(HttpServletRequest request, int limit, FormLimits limits)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    InputStream in;
    try {
      in = request.getInputStream();
    } catch (IllegalStateException e) {
      // An earlier filter has read it by a reader.
      return readInFront(request, limits);
    }
    byte[] chunk = new byte[4096];
    int length = 0;
    while (body.size() <= limit && (length = in.read(chunk)) >= 0) {
      body.write(chunk, 0, length);
    }
    boolean announced =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    return body.size() == 0 && announced
        ? readInFront(request, limits)
        : new BufferedRequest(request, body.toByteArray(), length < 0, limits, null);
  }

  /**
   * Returns the fields without the query parameters, which come first (Servlet specification, 3.1).
   */
  private static BufferedRequest readInFront(HttpServletRequest request, FormLimits limits) {
    Map<String, String[]> fields = new LinkedHashMap<>();
    if (isForm(request)) {
      Map<String, String[]> query = QueryParameters.parse(request.getQueryString());
      request
          .getParameterMap()
          .forEach(
              (name, values) -> {
                String[] ofQuery = query.get(name);
                int skipped = ofQuery == null ? 0 : ofQuery.length;
                if (values.length > skipped) {
                  fields.put(name, Arrays.copyOfRange(values, skipped, values.length));
                }
              });
    }
    return new BufferedRequest(request, new byte[0], false, limits, fields);
  }

  /** Returns the same request without a field, if its body is a form that was read. */
  BufferedRequest without(String field) {
    if (!complete || !isForm(this)) {
      return this;
    }
    String text = new String(body, StandardCharsets.ISO_8859_1);
    return new BufferedRequest(
        (HttpServletRequest) getRequest(),
        QueryParameters.without(text, field).getBytes(StandardCharsets.ISO_8859_1),
        true,
        limits,
        null);
  }

  int length() {
    return body.length;
  }

  /** Returns whether the complete body was read. */
  public boolean isComplete() {
    return complete;
  }

  /**
   * Returns whether all fields of the form are available, either because the body was read or
   * because the container has parsed it for an earlier filter.
   */
  public boolean isFormKnown() {
    return complete || (readInFront != null && isWhole(readInFront));
  }

  /**
   * Returns whether all fields are present. Tomcat omits undecodable or excess ones; its connector
   * reports that.
   */
  private boolean isWhole(Map<String, String[]> fields) {
    boolean failed = getAttribute("org.apache.catalina.parameter_parse_failed") != null;
    return !fields.isEmpty() && !failed && fields.entrySet().stream().allMatch(this::isDecoded);
  }

  private boolean isDecoded(Map.Entry<String, String[]> field) {
    return field.getKey().indexOf(REPLACEMENT) < 0
        && Arrays.stream(field.getValue()).allMatch(value -> value.indexOf(REPLACEMENT) < 0);
  }

  /** Returns why the fields of a form were not taken from its body; null if they were. */
  public @Nullable Unseen unseen() {
    return readInFront != null
        ? Unseen.READ_IN_FRONT
        : isForm(this) && !complete ? Unseen.TOO_LONG : null;
  }

  /** Returns the fields of the form; empty if it was not read to its end. */
  public Map<String, String[]> fields() {
    if (readInFront != null) {
      return readInFront;
    }
    return complete && isForm(this)
        ? FormSyntax.of(this, limits).fields(body, getCharacterEncoding())
        : Collections.emptyMap();
  }

  /**
   * Returns the bytes of a body. A body that was not read yet is read now, because the application
   * will not read it any more.
   *
   * @return the bytes, or null if the body is too long
   */
  public static byte @Nullable [] bodyOf(HttpServletRequest request) throws IOException {
    BufferedRequest read =
        request instanceof BufferedRequest && ((BufferedRequest) request).wasRead()
            ? (BufferedRequest) request
            : read(request, FormLimits.DEFAULT.bytes, FormLimits.DEFAULT);
    return read.complete ? read.body : null;
  }

  /** Parses the URL-encoded body of a form; undecodable parameters are omitted. */
  public static Map<String, String[]> parse(byte[] body, Charset charset) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    PercentDecoder decoder = new PercentDecoder(charset, false);
    ParameterList fields = new ParameterList();
    QueryParameters.forEachPair(
        text,
        (from, equals, to) -> {
          String name = decoder.decode(text, from, equals);
          String value = decoder.decode(text, Math.min(equals + 1, to), to);
          if (name != null && value != null) {
            fields.add(name, value);
          }
          return true;
        });
    return fields.toMap();
  }

  /** Reads a body of any type, up to a limit. */
  static BufferedRequest whole(HttpServletRequest request, FormLimits limits) throws IOException {
    return read(request, limits.bytes, limits);
  }

  byte[] body() {
    return body;
  }

  /** Feeds the body to a digest, or else the fields that the container has parsed. */
  public void digest(MessageDigest digest) {
    digest.update(body);
    if (readInFront != null) {
      readInFront.forEach((name, values) -> digest(digest, name, values));
    }
  }

  private static void digest(MessageDigest digest, String name, String[] values) {
    StringBuilder field = new StringBuilder();
    field.append(name.length()).append(':').append(name).append(values.length);
    for (String value : values) {
      field.append(',').append(value.length()).append(':').append(value);
    }
    digest.update(field.append(';').toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public @Nullable String getCharacterEncoding() {
    return encoding == null ? super.getCharacterEncoding() : encoding;
  }

  /** Stores the charset here: containers reject a charset once the body was read. */
  @Override
  public void setCharacterEncoding(String name) throws UnsupportedEncodingException {
    super.setCharacterEncoding(name);
    if (parameters == null && reader == null) {
      encoding = name;
    }
  }

  /** Overrides a method of Servlet 6.1. */
  public void setCharacterEncoding(Charset charset) {
    try {
      setCharacterEncoding(charset.name());
    } catch (UnsupportedEncodingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (!wasRead()) {
      return super.getInputStream();
    }
    if (stream == null) {
      stream = new ReplayedInput(body, complete ? null : super.getInputStream(), this);
    }
    return stream;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    if (!wasRead()) {
      return super.getReader();
    }
    if (reader == null) {
      reader = new BufferedReader(new InputStreamReader(getInputStream(), charset()));
    }
    return reader;
  }

  @Override
  public @Nullable String getParameter(String name) {
    String known = super.getParameter(name);
    String[] own = known == null ? own().get(name) : null;
    return own == null ? known : own[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] known = super.getParameterValues(name);
    String[] own = own().get(name);
    return own == null ? known : known == null ? own.clone() : QueryParameters.append(known, own);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return own().isEmpty()
        ? super.getParameterNames()
        : Collections.enumeration(getParameterMap().keySet());
  }

  /**
   * Returns the parameters of the container, followed by the fields of the body. The former are
   * those of the query, because the body was read as a stream (Servlet specification, 3.1.1), and
   * those added by a forward.
   */
  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, String[]> containers = super.getParameterMap();
    if (own().isEmpty()) {
      return containers;
    }
    Map<String, String[]> all = new LinkedHashMap<>(containers);
    own().forEach((name, values) -> all.merge(name, values, QueryParameters::append));
    return Collections.unmodifiableMap(all);
  }

  /** Returns the parameters in the body, which the container can no longer read; parsed once. */
  private Map<String, String[]> own() {
    if (!wasRead() || stream != null || !isForm(this)) {
      return Collections.emptyMap();
    }
    Map<String, String[]> known = parameters;
    if (known == null) {
      FormSyntax syntax = FormSyntax.of(this, limits);
      int[] inQuery = {0};
      super.getParameterMap().values().forEach(values -> inQuery[0] += values.length);
      known =
          !syntax.readsBody()
              ? Collections.emptyMap()
              : !complete || syntax.isTooLong(body.length)
                  ? syntax.refuseAsTooLong()
                  : syntax.parameters(body, getCharacterEncoding(), inQuery[0]);
      parameters = known;
    }
    return known;
  }

  private boolean wasRead() {
    return body.length > 0 || complete;
  }

  /**
   * Returns the charset; if the request has none, that of the Servlet specification or of Jetty.
   */
  private String charset() {
    String named = getCharacterEncoding();
    return named == null
        ? ContainerKind.of(ContainerKind.innermost(this)).formCharset().name()
        : named;
  }

  /** The reasons why a body was not read. */
  public enum Unseen {
    /** An earlier filter has caused the container to read it. */
    READ_IN_FRONT,
    /** It exceeds the limit of the filter or the container. */
    TOO_LONG
  }

  private static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null
        && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
  }
}
