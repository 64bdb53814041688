package io.github.conflictguard.servlet.container;

import jakarta.servlet.MultipartConfigElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;

/** Tomcat 11, which is Servlet 6.1. */
final class TomcatContainer implements Container {

  // A strong reference, or the level is forgotten with the logger.
  private static final Logger QUIET = Logger.getLogger("org.apache");

  private final Tomcat tomcat = new Tomcat();

  @Override
  public int start(Deployment deployment) throws Exception {
    QUIET.setLevel(Level.OFF);
    Path base = Files.createTempDirectory(Path.of("target"), "tomcat");
    tomcat.setBaseDir(base.toAbsolutePath().toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    // A buffer that one servlet enlarges would serve later connections too, in whatever order.
    connector.setProperty("processorCache", "0");
    // A form that the container refuses is left unread, and the client may lose the answer.
    connector.setMaxPostSize(-1);
    connector.setProperty("compression", deployment.compressed ? "on" : "off");
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("/app", deployment.folder.toString());
    context.setParentClassLoader(Thread.currentThread().getContextClassLoader());
    deployment.attributes.forEach(
        (name, value) -> context.getServletContext().setAttribute(name, value));
    context.setApplicationEventListeners(new Object[] {deployment.inside});
    deployment.contextParams.forEach(context::addParameter);
    deployment.pagesForStatus.forEach(
        (status, location) -> context.addErrorPage(errorPage(status, location)));
    if (deployment.pageForExceptions != null) {
      ErrorPage page = errorPage(0, deployment.pageForExceptions);
      page.setExceptionType(Throwable.class.getName());
      context.addErrorPage(page);
    }
    deployment.filters.forEach(entry -> addFilter(context, entry));
    deployment.servlets.forEach(
        (pattern, servlet) -> {
          Wrapper wrapper = Tomcat.addServlet(context, "servlet for " + pattern, servlet);
          wrapper.setAsyncSupported(true);
          if (deployment.multipart.contains(pattern)) {
            wrapper.setMultipartConfigElement(
                new MultipartConfigElement(System.getProperty("java.io.tmpdir")));
          }
          context.addServletMappingDecoded(pattern, wrapper.getName());
        });
    if (deployment.withFiles) {
      Wrapper files = Tomcat.addServlet(context, "default", DefaultServlet.class.getName());
      files.addInitParameter("readonly", String.valueOf(!deployment.writable));
      context.addServletMappingDecoded("/", files.getName());
    }
    if (deployment.constrained != null) {
      constrain(context, deployment.constrained);
    }
    tomcat.start();
    if (!context.getState().isAvailable()) {
      throw new IllegalStateException("the web application did not start, see the log");
    }
    return connector.getLocalPort();
  }

  @Override
  public void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  private void constrain(Context context, String pattern) {
    tomcat.addUser("ada", "ada");
    tomcat.addRole("ada", "reader");
    SecurityCollection reads = new SecurityCollection("r", "reads");
    reads.addPatternDecoded(pattern);
    reads.addMethod("GET");
    SecurityConstraint constraint = new SecurityConstraint();
    constraint.addCollection(reads);
    constraint.setAuthConstraint(true);
    constraint.addAuthRole("reader");
    context.addSecurityRole("reader");
    context.addConstraint(constraint);
    context.setLoginConfig(new LoginConfig("BASIC", "office", null, null));
    context.getPipeline().addValve(new BasicAuthenticator());
  }

  private static ErrorPage errorPage(int status, String location) {
    ErrorPage page = new ErrorPage();
    page.setErrorCode(status);
    page.setLocation(location);
    return page;
  }

  private static void addFilter(Context context, Deployment.FilterEntry entry) {
    FilterDef definition = new FilterDef();
    definition.setFilterName(entry.name());
    definition.setFilter(entry.filter());
    definition.setFilterClass(entry.filter().getClass().getName());
    definition.setAsyncSupported("true");
    entry.initParams().forEach(definition::addInitParameter);
    context.addFilterDef(definition);
    FilterMap map = new FilterMap();
    map.setFilterName(entry.name());
    map.addURLPattern("/*");
    for (String dispatcher : new String[] {"REQUEST", "FORWARD", "INCLUDE", "ERROR", "ASYNC"}) {
      map.setDispatcher(dispatcher);
    }
    context.addFilterMap(map);
  }
}
