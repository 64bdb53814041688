package io.github.conflictguard.servlet.transparency;

import static io.github.conflictguard.servlet.transparency.StreamSamples.bytes;
import static io.github.conflictguard.servlet.transparency.StreamSamples.json;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Servlets that leave HEAD to {@code HttpServlet}, or answer it in their own way. */
final class HeadSamples {

  private HeadSamples() {}

  static void addTo(Corpus corpus) {
    corpus
        .taggedServlet("head-left-to-the-base-class", ByStream::new)
        .taggedServlet("head-left-to-the-base-class-by-writer", ByWriter::new)
        .taggedServlet("head-left-to-the-base-class-closed", Closing::new)
        .taggedServlet("head-with-last-modified", Dated::new)
        .taggedServlet("head-without-a-body", OwnHead::new)
        .taggedServlet("head-without-the-session-of-get", OwnHeadAndSession::new);
  }

  private static class ByStream extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      json(response).write(bytes(300));
    }
  }

  private static final class ByWriter extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      WriterSamples.json(response).write("{\"a\":\"\u20ac\"}");
    }
  }

  private static final class Closing extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      WriterSamples.json(response).write("{\"a\":1}");
      response.getWriter().close();
    }
  }

  private static final class Dated extends ByStream {
    private static final long serialVersionUID = 1L;

    @Override
    protected long getLastModified(HttpServletRequest request) {
      return 1_000_000_000_000L;
    }
  }

  private static class OwnHead extends ByStream {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) {
      response.setContentType("application/json");
      response.setHeader("X-Head", "1");
      response.setContentLength(300);
    }
  }

  private static final class OwnHeadAndSession extends OwnHead {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      request.getSession().setAttribute("a", 1);
      super.doGet(request, response);
    }
  }
}
