package io.github.conflictguard.servlet.launch;

import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.ErrorPage;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.ServletInfo;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A deployment descriptor, as far as the tests use one. */
final class WebXml {

  private final Element root;
  private final ClassLoader loader;

  WebXml(File file, ClassLoader loader) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    this.root = factory.newDocumentBuilder().parse(file).getDocumentElement();
    this.loader = loader;
  }

  void addTo(DeploymentInfo deployment) throws Exception {
    for (Element parameter : children(root, "context-param")) {
      deployment.addInitParameter(text(parameter, "param-name"), text(parameter, "param-value"));
    }
    for (Element filter : children(root, "filter")) {
      deployment.addFilter(
          new FilterInfo(
                  text(filter, "filter-name"),
                  loader.loadClass(text(filter, "filter-class")).asSubclass(Filter.class))
              .setAsyncSupported("true".equals(text(filter, "async-supported"))));
    }
    for (Element mapping : children(root, "filter-mapping")) {
      for (Element pattern : children(mapping, "url-pattern")) {
        for (DispatcherType type : dispatchers(mapping)) {
          deployment.addFilterUrlMapping(
              text(mapping, "filter-name"), pattern.getTextContent(), type);
        }
      }
    }
    for (Element servlet : children(root, "servlet")) {
      deployment.addServlet(servlet(servlet));
    }
    for (Element page : children(root, "error-page")) {
      String status = text(page, "error-code");
      if (status == null) {
        deployment.addErrorPage(new ErrorPage(text(page, "location"), Throwable.class));
      } else {
        deployment.addErrorPage(new ErrorPage(text(page, "location"), Integer.parseInt(status)));
      }
    }
  }

  private ServletInfo servlet(Element element) throws Exception {
    String name = text(element, "servlet-name");
    ServletInfo servlet =
        new ServletInfo(
            name, loader.loadClass(text(element, "servlet-class")).asSubclass(Servlet.class));
    servlet.setAsyncSupported("true".equals(text(element, "async-supported")));
    if (!children(element, "multipart-config").isEmpty()) {
      servlet.setMultipartConfig(new MultipartConfigElement(System.getProperty("java.io.tmpdir")));
    }
    for (Element mapping : children(root, "servlet-mapping")) {
      if (name.equals(text(mapping, "servlet-name"))) {
        for (Element pattern : children(mapping, "url-pattern")) {
          servlet.addMapping(pattern.getTextContent());
        }
      }
    }
    return servlet;
  }

  private static List<DispatcherType> dispatchers(Element mapping) {
    List<DispatcherType> types = new ArrayList<>();
    for (Element dispatcher : children(mapping, "dispatcher")) {
      types.add(DispatcherType.valueOf(dispatcher.getTextContent()));
    }
    if (types.isEmpty()) {
      types.add(DispatcherType.REQUEST);
    }
    return types;
  }

  private static String text(Element parent, String name) {
    List<Element> children = children(parent, name);
    return children.isEmpty() ? null : children.get(0).getTextContent();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> children = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (name.equals(nodes.item(i).getLocalName())) {
        children.add((Element) nodes.item(i));
      }
    }
    return children;
  }
}
