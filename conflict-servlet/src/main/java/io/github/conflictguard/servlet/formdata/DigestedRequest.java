package io.github.conflictguard.servlet.formdata;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body is too long to be read before the application runs, or of unknown length. It
 * is digested while the application reads it. Not thread-safe.
 */
public final class DigestedRequest extends HttpServletRequestWrapper {

  private final BodyHash hash;
  private @Nullable DigestedInput stream;
  private @Nullable BufferedReader reader;
  private boolean ended;

  private DigestedRequest(HttpServletRequest request) {
    super(request);
    this.hash = BodyHash.of(request.getContentType(), Long.MAX_VALUE);
  }

  /**
   * Reads a small body, so that it is known before the application runs; a longer one is digested
   * when it is read.
   *
   * @return the request to use in place of the original one
   */
  public static HttpServletRequest of(HttpServletRequest request, FormLimits limits)
      throws IOException {
    if (isKnown(request)) {
      return request;
    }
    HttpServletRequest read =
        MultipartForm.isIn(request)
            ? MultipartForm.read(request, limits).request()
            : EarlyBody.read(request);
    return isKnown(read) ? read : new DigestedRequest(read);
  }

  private static boolean isKnown(HttpServletRequest request) {
    return request instanceof PartsRequest
        || request instanceof DigestedRequest
        || (request instanceof BufferedRequest && ((BufferedRequest) request).isFormKnown());
  }

  /** Returns the digest of what was read; null when the body was read in another way. */
  @Nullable BodyDigest digest() {
    long announced = getContentLengthLong();
    return hash.length() == 0 && AnnouncedBody.isPresent(this) && !ended
        ? null
        : BodyDigest.ofBytes(hash, ended || hash.length() == announced);
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    ServletInputStream containers = super.getInputStream();
    if (stream == null) {
      stream = new DigestedInput(containers);
    }
    return stream;
  }

  /** Decodes the stream itself, in the charset that the container would use. */
  @Override
  public BufferedReader getReader() throws IOException {
    if (reader == null) {
      String named = getCharacterEncoding();
      reader =
          new BufferedReader(
              new InputStreamReader(
                  getInputStream(),
                  named == null
                      ? ContainerKind.of(ContainerKind.innermost(this)).formCharset().name()
                      : named));
    }
    return reader;
  }

  private void note(byte[] bytes, int offset, int count) {
    if (count < 0) {
      ended = true;
    } else {
      hash.add(bytes, offset, count);
    }
  }

  /** The stream of the body. */
  private final class DigestedInput extends ServletInputStream {

    private final ServletInputStream containers;

    DigestedInput(ServletInputStream containers) {
      this.containers = containers;
    }

    @Override
    public int read() throws IOException {
      int next = containers.read();
      note(new byte[] {(byte) next}, 0, next < 0 ? -1 : 1);
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = containers.read(bytes, offset, length);
      note(bytes, offset, count);
      return count;
    }

    @Override
    public int available() throws IOException {
      return containers.available();
    }

    @Override
    public void close() throws IOException {
      containers.close();
    }

    @Override
    public boolean isFinished() {
      return containers.isFinished();
    }

    @Override
    public boolean isReady() {
      return containers.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      containers.setReadListener(listener);
    }
  }
}
