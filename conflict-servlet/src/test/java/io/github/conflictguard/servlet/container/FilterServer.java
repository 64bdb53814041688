package io.github.conflictguard.servlet.container;

import io.github.conflictguard.servlet.container.Deployment.FilterEntry;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real container on a free port of the loopback interface, with filters in front of servlets. */
public final class FilterServer implements AutoCloseable {

  private final Container container = Container.ofThisRun();
  private final Deployment deployment = new Deployment();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private boolean defaults;
  private int port;

  /** Adds a servlet that does the same for every method. */
  public FilterServer handle(String pattern, Handler handler) {
    return servlet(pattern, new HandlerServlet(handler));
  }

  /** Adds a servlet. */
  public FilterServer servlet(String pattern, Servlet servlet) {
    deployment.servlets.put(pattern, servlet);
    return this;
  }

  /** Lets the container take multipart forms apart for the servlet of a pattern. */
  public FilterServer multipart(String pattern) {
    deployment.multipart.add(pattern);
    return this;
  }

  /** Answers 404 where no other servlet does: Tomcat calls no filter where there is no servlet. */
  public FilterServer withDefaultServlet() {
    return handle("/", (request, response) -> response.sendError(404));
  }

  /** Adds a filter behind those that are there, for every path and dispatcher type. */
  public FilterServer filter(Filter filter) {
    return filter(filter, Map.of());
  }

  /** Adds a filter behind those that are there, for every path and dispatcher type. */
  public FilterServer filter(Filter filter, Map<String, String> initParams) {
    String name = "filter-" + (deployment.filters.size() + 1);
    deployment.filters.add(new FilterEntry(name, filter, initParams));
    return this;
  }

  /** Sets a context parameter. */
  public FilterServer contextParam(String name, String value) {
    deployment.contextParams.put(name, value);
    return this;
  }

  /** Sets an attribute of the servlet context, as a listener of the application would. */
  public FilterServer attribute(String name, Object value) {
    deployment.attributes.put(name, value);
    return this;
  }

  /** Adds the rules of the filter to the web application. */
  public FilterServer rules(String json) throws IOException {
    return file("WEB-INF/conflict-guard.json", json);
  }

  /** Adds a file to the web application, which the container itself does not read. */
  public FilterServer file(String path, String text) throws IOException {
    Path file = deployment.folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Sets the error page for a status. */
  public FilterServer errorPage(int status, String location) {
    deployment.pagesForStatus.put(status, location);
    return this;
  }

  /** Sets the error page for every exception. */
  public FilterServer errorPage(String location) {
    deployment.pageForExceptions = location;
    return this;
  }

  /** Lets the container compress answers, by its own means. */
  public FilterServer compressed() {
    deployment.compressed = true;
    return this;
  }

  /** Adds the container's own servlet for static files, for paths without another one. */
  public FilterServer withFiles(boolean writable) {
    deployment.withFiles = true;
    deployment.writable = writable;
    return this;
  }

  /**
   * Lets the container demand the user {@code ada}, with the same password, for GET; the web
   * application gets the lines of {@code web.xml} that say so.
   */
  public FilterServer constrain(String pattern) throws IOException {
    deployment.constrained = pattern;
    return file(
        "WEB-INF/web.xml",
        "<web-app><security-constraint><web-resource-collection><web-resource-name>r"
            + "</web-resource-name><url-pattern>"
            + pattern
            + "</url-pattern><http-method>GET</http-method></web-resource-collection>"
            + "<auth-constraint><role-name>reader</role-name></auth-constraint>"
            + "</security-constraint></web-app>");
  }

  /** Leaves all settings at their defaults that the test does not set. */
  public FilterServer withDefaults() {
    defaults = true;
    return this;
  }

  /** Starts the container; call it last. */
  public FilterServer start() throws Exception {
    if (!defaults) {
      // On a loaded machine a response may take longer than half a second, and would get no tag.
      deployment.contextParams.putIfAbsent("conflictguard.holdMillis", "10000");
    }
    port = container.start(deployment);
    return this;
  }

  /** The port on the loopback interface, for tests that write to a socket themselves. */
  public int port() {
    return port;
  }

  /** Sends a request without body; headers come as name, value, name, value. */
  public HttpResponse<String> send(String method, String path, String... headers) throws Exception {
    return sendBody(method, path, "", headers);
  }

  /** Sends a request with a body; headers come as name, value, name, value. */
  public HttpResponse<String> sendBody(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/app" + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpRequest built = request.build();
    try {
      return client.send(built, BodyHandlers.ofString());
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("received no bytes")) {
        throw e;
      }
      // The container has closed a connection of the pool before it received the request.
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .build()
          .send(built, BodyHandlers.ofString());
    }
  }

  /**
   * Waits until every request that was sent has left the application and its filters, which may be
   * later than its answer.
   */
  public void awaitIdle() throws InterruptedException {
    deployment.inside.awaitNone();
  }

  @Override
  public void close() throws Exception {
    container.stop();
  }
}
