package io.github.conflictguard.servlet.transparency;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;

/** Filters whose response wrappers behave like those of widespread frameworks. */
enum Wrapping implements Filter {
  /** Returns a new stream and a new writer from each call, as Spring Security does. */
  NEW_OBJECT_EACH_TIME {
    @Override
    HttpServletResponse wrap(HttpServletResponse response) {
      return new HttpServletResponseWrapper(response) {
        @Override
        public ServletOutputStream getOutputStream() throws IOException {
          return new Passing(super.getOutputStream(), true);
        }

        @Override
        public PrintWriter getWriter() throws IOException {
          return new Printing(super.getWriter());
        }
      };
    }
  },

  /** The same, and closing one of them closes nothing behind it. */
  CLOSE_KEPT_BACK {
    @Override
    HttpServletResponse wrap(HttpServletResponse response) {
      return new HttpServletResponseWrapper(response) {
        @Override
        public ServletOutputStream getOutputStream() throws IOException {
          return new Passing(super.getOutputStream(), false);
        }

        @Override
        public PrintWriter getWriter() throws IOException {
          PrintWriter out = super.getWriter();
          return new PrintWriter(out) {
            @Override
            public void close() {
              flush();
            }
          };
        }
      };
    }
  },

  /** Collects the body, and sends it at the end of the request, as caching filters do. */
  COLLECTING {
    @Override
    HttpServletResponse wrap(HttpServletResponse response) {
      return new Collecting(response);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      Collecting wrapper = new Collecting((HttpServletResponse) response);
      chain.doFilter(request, wrapper);
      if (!request.isAsyncStarted()) {
        wrapper.send();
      }
    }
  };

  abstract HttpServletResponse wrap(HttpServletResponse response);

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, wrap((HttpServletResponse) response));
  }

  /** Passes every call on; may keep a close to itself. */
  private static final class Passing extends ServletOutputStream {

    private final ServletOutputStream out;
    private final boolean closes;

    Passing(ServletOutputStream out, boolean closes) {
      this.out = out;
      this.closes = closes;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void print(String text) throws IOException {
      out.print(text);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (closes) {
        out.close();
      } else {
        out.flush();
      }
    }

    @Override
    public boolean isReady() {
      return out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      out.setWriteListener(listener);
    }
  }

  /** Passes every call on that Spring Security's passes on. */
  private static final class Printing extends PrintWriter {

    private final PrintWriter out;

    Printing(PrintWriter out) {
      super(out);
      this.out = out;
    }

    @Override
    public boolean checkError() {
      return out.checkError();
    }

    @Override
    public PrintWriter format(String format, Object... arguments) {
      out.format(format, arguments);
      return this;
    }

    @Override
    public void println() {
      out.println();
    }
  }

  /** A response whose body is collected. */
  private static final class Collecting extends HttpServletResponseWrapper {

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private PrintWriter writer;
    private boolean done;

    Collecting(HttpServletResponse response) {
      super(response);
    }

    void send() throws IOException {
      if (writer != null) {
        writer.flush();
      }
      if (!done && !isCommitted() && content.size() > 0) {
        getResponse().setContentLength(content.size());
      }
      content.writeTo(getResponse().getOutputStream());
    }

    @Override
    public ServletOutputStream getOutputStream() {
      return new ServletOutputStream() {
        @Override
        public void write(int b) {
          content.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
          content.write(bytes, offset, length);
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
    public PrintWriter getWriter() throws IOException {
      if (writer == null) {
        Writer encoding = new OutputStreamWriter(content, getCharacterEncoding());
        writer =
            new PrintWriter(encoding) {
              @Override
              public void close() {
                flush();
              }
            };
      }
      return writer;
    }

    @Override
    public void flushBuffer() {
      // Sent at the end.
    }

    @Override
    public void setContentLength(int length) {
      // Counted at the end.
    }

    @Override
    public void setContentLengthLong(long length) {
      // Counted at the end.
    }

    @Override
    public void resetBuffer() {
      content.reset();
    }

    @Override
    public void reset() {
      super.reset();
      content.reset();
      writer = null;
    }

    @Override
    public void sendError(int status) throws IOException {
      end();
      super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
      end();
      super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
      end();
      super.sendRedirect(location);
    }

    private void end() {
      content.reset();
      done = true;
    }
  }
}
