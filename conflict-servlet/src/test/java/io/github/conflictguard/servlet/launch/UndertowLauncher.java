package io.github.conflictguard.servlet.launch;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.encoding.ContentEncodingRepository;
import io.undertow.server.handlers.encoding.DeflateEncodingProvider;
import io.undertow.server.handlers.encoding.EncodingHandler;
import io.undertow.server.handlers.encoding.GzipEncodingProvider;
import io.undertow.server.handlers.resource.FileResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.util.StatusCodes;
import jakarta.servlet.ServletContainerInitializer;
import java.io.File;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;

/** Runs the applications whose folders are in a folder. */
public final class UndertowLauncher {

  private final File applications;
  private final PathHandler paths = new PathHandler();

  private UndertowLauncher(File applications) {
    this.applications = applications;
  }

  /**
   * Starts Undertow on a free port, which it prints.
   *
   * @param args the folder of the applications
   */
  public static void main(String[] args) throws Exception {
    UndertowLauncher launcher = new UndertowLauncher(new File(args[0]));
    for (String name : launcher.applications.list()) {
      launcher.deploy(name);
    }
    launcher.paths.addPrefixPath("/redeploy", new BlockingHandler(launcher::redeploy));
    boolean compresses = "on".equals(System.getProperty("guard.compression"));
    Undertow undertow =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(compresses ? compressing(launcher.paths) : launcher.paths)
            .build();
    undertow.start();
    InetSocketAddress address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    System.out.println("Undertow listens on port " + address.getPort());
  }

  private static HttpHandler compressing(HttpHandler next) {
    ContentEncodingRepository encodings =
        new ContentEncodingRepository()
            .addEncodingHandler("gzip", new GzipEncodingProvider(), 50)
            .addEncodingHandler("deflate", new DeflateEncodingProvider(), 10);
    return new EncodingHandler(next, encodings);
  }

  private void redeploy(HttpServerExchange exchange) throws Exception {
    String name = exchange.getRelativePath().substring(1);
    paths.removePrefixPath("/" + name);
    DeploymentManager old = Servlets.defaultContainer().getDeployment(name);
    URLClassLoader loader =
        (URLClassLoader) old.getDeployment().getDeploymentInfo().getClassLoader();
    old.stop();
    old.undeploy();
    loader.close();
    deploy(name);
    exchange.setStatusCode(StatusCodes.NO_CONTENT);
  }

  private void deploy(String name) throws Exception {
    File folder = new File(applications, name);
    ClassLoader loader = loader(new File(folder, "WEB-INF"));
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(loader)
            .setResourceManager(new FileResourceManager(folder, 0))
            .setContextPath("/" + name)
            .setDeploymentName(name);
    new WebXml(new File(folder, "WEB-INF/web.xml"), loader).addTo(deployment);
    for (ServletContainerInitializer initializer :
        ServiceLoader.load(ServletContainerInitializer.class, loader)) {
      deployment.addServletContainerInitializer(
          new ServletContainerInitializerInfo(
              initializer.getClass(),
              new ImmediateInstanceFactory<ServletContainerInitializer>(initializer),
              Collections.<Class<?>>emptySet()));
    }
    DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
    manager.deploy();
    paths.addPrefixPath("/" + name, manager.start());
  }

  private static ClassLoader loader(File folder) throws Exception {
    List<URL> urls = new ArrayList<>();
    urls.add(new File(folder, "classes/").toURI().toURL());
    File[] jars = new File(folder, "lib").listFiles();
    for (File jar : jars == null ? new File[0] : jars) {
      urls.add(jar.toURI().toURL());
    }
    return new URLClassLoader(urls.toArray(new URL[0]), UndertowLauncher.class.getClassLoader());
  }
}
