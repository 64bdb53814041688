package io.github.conflictguard.servlet;

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
import java.nio.charset.StandardCharsets;

/** Puts every page into the frame of the application, as SiteMesh does. */
final class DecoratingFilter implements Filter {

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute("__sitemesh__filterapplied") != null) {
      chain.doFilter(request, response);
      return;
    }
    request.setAttribute("__sitemesh__filterapplied", Boolean.TRUE);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ServletOutputStream stream =
        new ServletOutputStream() {
          @Override
          public void write(int b) {
            bytes.write(b);
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
    PrintWriter writer = new PrintWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
    chain.doFilter(
        request,
        new HttpServletResponseWrapper((HttpServletResponse) response) {
          @Override
          public ServletOutputStream getOutputStream() {
            return stream;
          }

          @Override
          public PrintWriter getWriter() {
            return writer;
          }

          @Override
          public void setContentLength(int length) {
            // It is that of another page.
          }

          @Override
          public void flushBuffer() {
            // Not before the page is decorated.
          }
        });
    writer.flush();
    if (!response.isCommitted() && bytes.size() > 0) {
      String page = bytes.toString(StandardCharsets.UTF_8);
      String head = part(page, "head");
      response
          .getOutputStream()
          .write(
              ("<html><head><link rel=stylesheet href=/app/office.css>"
                      + head
                      + "</head><body><h1>Office</h1>"
                      + part(page, "body")
                      + "</body></html>")
                  .getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String part(String page, String name) {
    int start = page.indexOf('<' + name + '>');
    int end = page.indexOf("</" + name + '>');
    return start < 0
        ? (name.equals("body") ? page : "")
        : page.substring(start + name.length() + 2, end);
  }
}
