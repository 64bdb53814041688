package io.github.conflictguard.servlet.probed;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Leaves marks on every request that reads, and tells a write which of them it finds. */
public final class ProbedServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final AtomicInteger READS = new AtomicInteger();
  private static final AtomicInteger WRITES = new AtomicInteger();
  private static final AtomicInteger DENIED = new AtomicInteger();

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String path = String.valueOf(request.getAttribute("jakarta.servlet.include.servlet_path"));
    String servletPath = path.equals("null") ? request.getServletPath() : path;
    if (servletPath.equals("/about")) {
      response.getWriter().print("reads=" + READS + " writes=" + WRITES + " denied=" + DENIED);
    } else if (servletPath.equals("/adm")) {
      DENIED.incrementAndGet();
      json(response);
    } else if (servletPath.equals("/view")) {
      json(response);
    } else if (request.getMethod().equals("GET")) {
      READS.incrementAndGet();
      mark(request, response);
    } else {
      WRITES.incrementAndGet();
      byte[] report = report(request).getBytes("UTF-8");
      response.setContentType("text/plain;charset=UTF-8");
      response.setContentLength(report.length);
      response.getOutputStream().write(report);
    }
  }

  private static void mark(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.setAttribute("bean", new Object());
    request.setAttribute("org.apache.tomcat.sendfile.filename", "/nowhere");
    request.setAttribute("org.apache.tomcat.sendfile.start", 0L);
    request.setAttribute("org.apache.tomcat.sendfile.end", 9L);
    request.removeAttribute("front");
    ServletRequest innermost = innermost(request);
    innermost.setAttribute("native", new Object());
    innermost.removeAttribute("front");
    request.setCharacterEncoding("UTF-16");
    response.setContentLength(2);
    response.setHeader("X-Inner", "1");
    if ("full".equals(request.getParameter("view"))) {
      request.getRequestDispatcher("/view?nested=1").forward(request, response);
    } else {
      json(response);
      response.flushBuffer();
    }
  }

  /** Nothing that the container adds by itself in a request without an internal GET. */
  private static String report(HttpServletRequest request) {
    Map<String, String> all = new TreeMap<>();
    for (ServletRequest each : new ServletRequest[] {request, innermost(request)}) {
      for (String name : Collections.list(each.getAttributeNames())) {
        if (!name.startsWith("io.github.conflictguard.")) {
          Object value = each.getAttribute(name);
          all.put(name, String.valueOf(value).replaceAll("@[0-9a-f]+", ""));
        }
      }
    }
    Map<String, String> parameters = new TreeMap<>();
    request
        .getParameterMap()
        .forEach((name, values) -> parameters.put(name, String.join(",", values)));
    return "attributes="
        + all
        + "\nparameters="
        + parameters
        + "\nquery="
        + request.getQueryString()
        + "\nuri="
        + request.getRequestURI()
        + "\npath="
        + request.getServletPath()
        + request.getPathInfo()
        + "\nencoding="
        + request.getCharacterEncoding()
        + "\ntype="
        + request.getDispatcherType()
        + "\nasync="
        + request.isAsyncSupported();
  }

  private static ServletRequest innermost(ServletRequest request) {
    ServletRequest at = request;
    while (at instanceof ServletRequestWrapper) {
      at = ((ServletRequestWrapper) at).getRequest();
    }
    return at;
  }

  private static void json(HttpServletResponse response) throws IOException {
    response.setContentType("application/json");
    response.getWriter().print("{}");
  }
}
