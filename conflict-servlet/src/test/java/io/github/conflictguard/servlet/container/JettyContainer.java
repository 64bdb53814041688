package io.github.conflictguard.servlet.container;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import java.util.EnumSet;
import org.eclipse.jetty.ee9.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee9.servlet.FilterHolder;
import org.eclipse.jetty.ee9.servlet.ServletContextHandler;
import org.eclipse.jetty.ee9.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty 12 with its Servlet 5.0 environment. */
final class JettyContainer implements Container {

  private final Server server = new Server();

  @Override
  public int start(Deployment deployment) throws Exception {
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    context.setContextPath("/app");
    context.setBaseResourceAsPath(deployment.folder);
    context.addEventListener(deployment.inside);
    deployment.attributes.forEach(context::setAttribute);
    deployment.contextParams.forEach(context::setInitParameter);
    ErrorPageErrorHandler errorPages = new ErrorPageErrorHandler();
    deployment.pagesForStatus.forEach(errorPages::addErrorPage);
    if (deployment.pageForExceptions != null) {
      errorPages.addErrorPage(Throwable.class, deployment.pageForExceptions);
    }
    context.setErrorHandler(errorPages);
    deployment.filters.forEach(
        entry -> {
          FilterHolder holder = new FilterHolder(entry.filter());
          holder.setName(entry.name());
          holder.setAsyncSupported(true);
          holder.setInitParameters(entry.initParams());
          context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
        });
    deployment.servlets.forEach(
        (pattern, servlet) -> {
          ServletHolder holder = new ServletHolder("servlet for " + pattern, servlet);
          holder.setAsyncSupported(true);
          if (deployment.multipart.contains(pattern)) {
            holder
                .getRegistration()
                .setMultipartConfig(
                    new MultipartConfigElement(System.getProperty("java.io.tmpdir")));
          }
          context.addServlet(holder, pattern);
        });
    server.setHandler(context);
    server.start();
    return connector.getLocalPort();
  }

  @Override
  public void stop() throws Exception {
    server.stop();
  }
}
