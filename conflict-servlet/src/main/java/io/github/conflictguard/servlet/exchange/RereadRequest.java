package io.github.conflictguard.servlet.exchange;

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
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body was read in front of the application, as bytes. The application reads the
 * same bytes again, and the parameters of a form are decoded when it first asks for one: by then
 * its own encoding filter has said in which charset.
 *
 * <p>One thread at a time.
 */
public final class RereadRequest extends HttpServletRequestWrapper {

  /** As much as Tomcat takes of a form. */
  static final int FORM_LIMIT = 2 * 1024 * 1024;

  private final byte[] body;
  private final boolean complete;
  private @Nullable String encoding;
  private @Nullable ServletInputStream stream;
  private @Nullable BufferedReader reader;
  private @Nullable Map<String, String[]> parameters;

  private RereadRequest(HttpServletRequest request, byte[] body, boolean complete) {
    super(request);
    this.body = body;
    this.complete = complete;
  }

  /** Reads the body of a form, up to a limit, and of nothing else. */
  public static RereadRequest form(HttpServletRequest request) throws IOException {
    return !isForm(request) || request.getContentLengthLong() > FORM_LIMIT
        ? new RereadRequest(request, new byte[0], false)
        : read(request, FORM_LIMIT);
  }

  /**
   * Reads a body that is small and comes without being asked for.
   *
   * @return null when it may be longer than the limit, when the client waits for a sign to send it,
   *     or when the container has to take it apart (multipart)
   */
  public static @Nullable RereadRequest small(HttpServletRequest request, int limit)
      throws IOException {
    if (request instanceof RereadRequest && ((RereadRequest) request).complete) {
      return (RereadRequest) request;
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
    return length <= 0 ? new RereadRequest(request, new byte[0], true) : read(request, limit);
  }

  /** Reads the beginning of a body; what follows is read by the application as it comes. */
  public static RereadRequest beginning(HttpServletRequest request, int limit) throws IOException {
    return read(request, limit);
  }

  private static RereadRequest read(HttpServletRequest request, int limit) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    InputStream in = request.getInputStream();
    byte[] chunk = new byte[4096];
    int length = 0;
    while (body.size() <= limit && (length = in.read(chunk)) >= 0) {
      body.write(chunk, 0, length);
    }
    return new RereadRequest(request, body.toByteArray(), length < 0);
  }

  /** The same request without a field, if its body is a form that was read. */
  RereadRequest without(String field) {
    if (!complete || !isForm(this)) {
      return this;
    }
    String text = new String(body, StandardCharsets.ISO_8859_1);
    return new RereadRequest(
        (HttpServletRequest) getRequest(),
        QueryParameters.without(text, field).getBytes(StandardCharsets.ISO_8859_1),
        true);
  }

  int length() {
    return body.length;
  }

  /** Whether the whole body was read. */
  public boolean isComplete() {
    return complete;
  }

  /** The fields of the form; empty when it was not read to its end. */
  public Map<String, String[]> fields() {
    return complete ? decoded() : Collections.emptyMap();
  }

  /**
   * The bytes of a body that was read, or is read now, because the application is not going to do
   * so any more.
   *
   * @return null when it is too long
   */
  public static byte @Nullable [] bodyOf(HttpServletRequest request) throws IOException {
    RereadRequest read =
        request instanceof RereadRequest && ((RereadRequest) request).wasRead()
            ? (RereadRequest) request
            : read(request, FORM_LIMIT);
    return read.complete ? read.body : null;
  }

  /** Reads the body of a form that was sent URL-encoded. */
  public static Map<String, String[]> parse(byte[] body, Charset charset) {
    return QueryParameters.parse(new String(body, StandardCharsets.ISO_8859_1), charset);
  }

  /** Feeds the body to a digest. */
  public void digest(MessageDigest digest) {
    digest.update(body);
  }

  @Override
  public @Nullable String getCharacterEncoding() {
    return encoding == null ? super.getCharacterEncoding() : encoding;
  }

  /** Kept here: containers take no charset any more once the body was read. */
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
    String[] values = getParameterMap().get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] values = getParameterMap().get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  /**
   * What the container knows, which is the query because the body was read as a stream (Servlet
   * specification, 3.1.1) and what a forward has added, and the fields of the body after it.
   */
  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, String[]> containers = super.getParameterMap();
    if (!complete || stream != null || !isForm(this)) {
      return containers;
    }
    if (parameters == null) {
      parameters = decoded();
    }
    Map<String, String[]> all = new LinkedHashMap<>(containers);
    parameters.forEach((name, values) -> all.merge(name, values, QueryParameters::append));
    return Collections.unmodifiableMap(all);
  }

  private Map<String, String[]> decoded() {
    return parse(body, charset());
  }

  private boolean wasRead() {
    return body.length > 0 || complete;
  }

  /** Where nobody has said one, that of the container: Jetty departs from the standard. */
  private Charset charset() {
    String named = getCharacterEncoding();
    if (named != null) {
      return Charset.forName(named);
    }
    return getRequest().getClass().getName().startsWith("org.eclipse.jetty.")
        ? StandardCharsets.UTF_8
        : StandardCharsets.ISO_8859_1;
  }

  private static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null
        && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
  }
}
