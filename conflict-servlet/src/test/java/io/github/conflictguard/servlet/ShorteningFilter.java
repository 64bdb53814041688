package io.github.conflictguard.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses answers, as filters of old applications do, and has a name that does not tell. */
class ShorteningFilter implements Filter {

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String accepted = ((HttpServletRequest) request).getHeader("Accept-Encoding");
    if (accepted == null || !accepted.contains("gzip")) {
      chain.doFilter(request, response);
      return;
    }
    ShortenedResponse compressing = shortened((HttpServletResponse) response);
    chain.doFilter(request, compressing);
    compressing.finish();
  }

  ShortenedResponse shortened(HttpServletResponse response) {
    return new ShortenedResponse(response);
  }

  /** Compresses what is written. */
  static class ShortenedResponse extends HttpServletResponseWrapper {

    private @Nullable GZIPOutputStream gzip;
    private @Nullable PrintWriter writer;

    ShortenedResponse(HttpServletResponse response) {
      super(response);
    }

    void finish() throws IOException {
      if (writer != null) {
        writer.flush();
      }
      if (gzip != null) {
        gzip.finish();
      }
    }

    private GZIPOutputStream gzip() throws IOException {
      if (gzip == null) {
        setHeader("Content-Encoding", "gzip");
        addHeader("Vary", "Accept-Encoding");
        gzip = new GZIPOutputStream(super.getOutputStream());
      }
      return gzip;
    }

    @Override
    public void setContentLength(int length) {
      // That of other bytes.
    }

    @Override
    public ServletOutputStream getOutputStream() {
      return new ServletOutputStream() {
        @Override
        public void write(int b) throws IOException {
          gzip().write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          gzip().write(bytes, offset, length);
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
          throw new IllegalStateException();
        }
      };
    }

    @Override
    public PrintWriter getWriter() {
      if (writer == null) {
        writer = new PrintWriter(new OutputStreamWriter(getOutputStream(), StandardCharsets.UTF_8));
      }
      return writer;
    }
  }
}
