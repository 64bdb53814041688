package io.github.conflictguard.servlet.container;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import java.util.EnumSet;
import org.eclipse.jetty.ee9.nested.ServletConstraint;
import org.eclipse.jetty.ee9.security.ConstraintMapping;
import org.eclipse.jetty.ee9.security.ConstraintSecurityHandler;
import org.eclipse.jetty.ee9.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.ee9.servlet.DefaultServlet;
import org.eclipse.jetty.ee9.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee9.servlet.FilterHolder;
import org.eclipse.jetty.ee9.servlet.ServletContextHandler;
import org.eclipse.jetty.ee9.servlet.ServletHolder;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.security.Credential;

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
    // A form that the container refuses is left unread, and the client may lose the answer.
    context.setMaxFormContentSize(Integer.MAX_VALUE);
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
    if (deployment.withFiles) {
      context.addServlet(DefaultServlet.class, "/");
    }
    if (deployment.constrained != null) {
      context.setSecurityHandler(constraint(deployment.constrained));
    }
    server.setHandler(deployment.compressed ? compressing(context.get()) : context.get());
    server.start();
    return connector.getLocalPort();
  }

  // There is another one from 12.1 on, in modules of their own; this one is what most have.
  @SuppressWarnings("removal")
  private static Handler compressing(Handler context) {
    org.eclipse.jetty.server.handler.gzip.GzipHandler compressing =
        new org.eclipse.jetty.server.handler.gzip.GzipHandler();
    compressing.setMinGzipSize(32);
    compressing.setHandler(context);
    return compressing;
  }

  private static ConstraintSecurityHandler constraint(String pattern) {
    UserStore users = new UserStore();
    users.addUser("ada", Credential.getCredential("ada"), new String[] {"reader"});
    HashLoginService login = new HashLoginService("office");
    login.setUserStore(users);
    ServletConstraint constraint = new ServletConstraint("BASIC", "reader");
    constraint.setAuthenticate(true);
    ConstraintMapping mapping = new ConstraintMapping();
    mapping.setPathSpec(pattern);
    mapping.setMethod("GET");
    mapping.setConstraint(constraint);
    ConstraintSecurityHandler handler = new ConstraintSecurityHandler();
    handler.setAuthenticator(new BasicAuthenticator());
    handler.setLoginService(login);
    handler.addConstraintMapping(mapping);
    return handler;
  }

  @Override
  public void stop() throws Exception {
    server.stop();
  }
}
