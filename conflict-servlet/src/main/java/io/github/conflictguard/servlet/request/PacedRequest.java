package io.github.conflictguard.servlet.request;

import io.github.conflictguard.servlet.formdata.BufferedRequest;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body arrives while the application reads it: as a stream, as text, or parsed by
 * the container when the application requests the first parameter or part. Not thread-safe.
 */
public final class PacedRequest extends HttpServletRequestWrapper {

  private final BodyWait wait;
  private @Nullable ServletInputStream stream;
  private @Nullable BufferedReader reader;

  private PacedRequest(HttpServletRequest request, BodyWait wait) {
    super(request);
    this.wait = wait;
  }

  /**
   * Wraps a request to report waits for its body. Returns a request unchanged if it has no body or
   * its body is already available.
   */
  public static HttpServletRequest of(HttpServletRequest request, BodyWait wait) {
    boolean here = request instanceof BufferedRequest && ((BufferedRequest) request).isComplete();
    return here || !hasBody(request) ? request : new PacedRequest(request, wait);
  }

  private static boolean hasBody(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    // RFC 9112, 6.3: without either field there is no body. HTTP/2 does not need a field.
    return length > 0
        || (length < 0
            && (request.getHeader("Transfer-Encoding") != null
                || !request.getProtocol().startsWith("HTTP/1.")));
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    ServletInputStream containers = super.getInputStream();
    if (stream == null) {
      stream = new PacedInput(containers, wait);
    }
    return stream;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    BufferedReader containers = super.getReader();
    if (reader == null) {
      reader = new PacedReader(containers, wait);
    }
    return reader;
  }

  @Override
  public @Nullable String getParameter(String name) {
    return paced(() -> super.getParameter(name));
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return paced(() -> super.getParameterValues(name));
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return paced(super::getParameterNames);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return paced(super::getParameterMap);
  }

  @Override
  public Collection<Part> getParts() throws IOException, ServletException {
    wait.begins();
    try {
      return super.getParts();
    } finally {
      wait.ends();
    }
  }

  @Override
  public Part getPart(String name) throws IOException, ServletException {
    wait.begins();
    try {
      return super.getPart(name);
    } finally {
      wait.ends();
    }
  }

  private <T extends @Nullable Object> T paced(Supplier<T> containers) {
    try {
      wait.begins();
      try {
        return containers.get();
      } finally {
        wait.ends();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
