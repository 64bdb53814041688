package io.github.conflictguard.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee9.servlet.FilterHolder;
import org.eclipse.jetty.ee9.servlet.ServletContextHandler;
import org.eclipse.jetty.ee9.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A real Jetty on a free port of the loopback interface, with the filter in front of servlets. */
final class FilterServer implements AutoCloseable {

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final ServletContextHandler context =
      new ServletContextHandler(ServletContextHandler.SESSIONS);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  FilterServer() {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(context);
    context.setContextPath("/app");
  }

  /** What a test servlet does with any method. */
  @FunctionalInterface
  interface Handler {
    void handle(HttpServletRequest request, HttpServletResponse response) throws Exception;
  }

  FilterServer handle(String pattern, Handler handler) {
    ServletHolder holder = new ServletHolder(new HandlerServlet(handler));
    holder.setAsyncSupported(true);
    context.addServlet(holder, pattern);
    return this;
  }

  FilterServer servlet(String pattern, HttpServlet servlet) {
    context.addServlet(new ServletHolder(servlet), pattern);
    return this;
  }

  FilterServer filter(Filter filter) {
    return filter(filter, Map.of());
  }

  FilterServer filter(Filter filter, Map<String, String> initParams) {
    FilterHolder holder = new FilterHolder(filter);
    holder.setName("conflict-guard");
    holder.setAsyncSupported(true);
    holder.setInitParameters(initParams);
    context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
    return this;
  }

  FilterServer contextParam(String name, String value) {
    context.setInitParameter(name, value);
    return this;
  }

  FilterServer start() throws Exception {
    server.start();
    return this;
  }

  int port() {
    return connector.getLocalPort();
  }

  /** Sends a request; headers come as name, value, name, value. */
  HttpResponse<String> send(String method, String path, String... headers) throws Exception {
    return sendBody(method, path, "", headers);
  }

  HttpResponse<String> sendBody(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/app" + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }

  private static final class HandlerServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Handler handler;

    HandlerServlet(Handler handler) {
      this.handler = handler;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        handler.handle(request, response);
      } catch (Exception e) {
        throw FilterServer.<RuntimeException>sneaky(e);
      }
    }
  }

  /** Lets a checked exception out of a method that does not declare it, as woven code may. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T sneaky(Throwable e) throws T {
    throw (T) e;
  }
}
