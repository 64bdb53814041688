package io.github.conflictguard.servlet.formdata;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body was read before the application runs, as bytes. The application reads the
 * same bytes again. The parameters of a form are decoded when the application first requests one:
 * by then its own encoding filter has set the charset.
 *
 * <p>Not thread-safe.
 */
public final class BufferedRequest extends AddedParametersRequest {

  private final byte[] body;
  private final boolean complete;
  private final FormLimits limits;

  /** The fields that the container has read because of an earlier filter; null if it has not. */
  private final @Nullable FieldsReadInFront readInFront;

  private @Nullable String encoding;
  private @Nullable ServletInputStream stream;
  private @Nullable BufferedReader reader;
  private @Nullable Map<String, String[]> parameters;

  private BufferedRequest(
      HttpServletRequest request,
      byte[] body,
      boolean complete,
      FormLimits limits,
      @Nullable FieldsReadInFront readInFront) {
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
    return !AnnouncedBody.isForm(request)
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
    if (!AnnouncedBody.isReadable(request, limit)) {
      return null;
    }
    if (request.getContentLengthLong() <= 0) {
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
    return body.size() == 0 && AnnouncedBody.isPresent(request)
        ? readInFront(request, limits)
        : new BufferedRequest(request, body.toByteArray(), length < 0, limits, null);
  }

  private static BufferedRequest readInFront(HttpServletRequest request, FormLimits limits) {
    return new BufferedRequest(request, new byte[0], false, limits, FieldsReadInFront.of(request));
  }

  /** Returns the same request without a field, if its body is a form that was read. */
  BufferedRequest without(String field) {
    if (!complete || !AnnouncedBody.isForm(this)) {
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
    return complete || (readInFront != null && readInFront.areWhole(this));
  }

  /** Returns why the fields of a form were not taken from its body; null if they were. */
  public @Nullable Unseen unseen() {
    return readInFront != null
        ? Unseen.READ_IN_FRONT
        : AnnouncedBody.isForm(this) && !complete ? Unseen.TOO_LONG : null;
  }

  /** Returns the fields of the form; empty if it was not read to its end. */
  public Map<String, String[]> fields() {
    if (readInFront != null) {
      return readInFront.toMap();
    }
    return complete && AnnouncedBody.isForm(this)
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

  /** Reads a body of any type, up to a limit. */
  static BufferedRequest whole(HttpServletRequest request, FormLimits limits) throws IOException {
    return read(request, limits.bytes, limits);
  }

  /** Returns the bytes that were read: the body, or its beginning. */
  public byte[] body() {
    return body;
  }

  /** Feeds the body to a digest, or else the fields that the container has parsed. */
  public void digest(MessageDigest digest) {
    digest.update(body);
    if (readInFront != null) {
      readInFront.digest(digest);
    }
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

  /**
   * Returns the parameters in the body, which the container can no longer read; parsed once. They
   * follow those of the container: the query parameters, because the body was read as a stream
   * (Servlet specification, 3.1.1), and those added by a forward.
   */
  @Override
  Map<String, String[]> own() {
    if (!wasRead() || stream != null || !AnnouncedBody.isForm(this)) {
      return Collections.emptyMap();
    }
    Map<String, String[]> known = parameters;
    if (known == null) {
      FormSyntax syntax = FormSyntax.of(this, limits);
      int wrapped = countWrapped();
      known =
          !syntax.readsBody()
              ? Collections.emptyMap()
              : !complete || syntax.isTooLong(body.length)
                  ? syntax.refuseAsTooLong()
                  : syntax.parameters(body, getCharacterEncoding(), wrapped);
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
}
