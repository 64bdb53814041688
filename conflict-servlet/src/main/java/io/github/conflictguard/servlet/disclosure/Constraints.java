package io.github.conflictguard.servlet.disclosure;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The URL patterns of an application that a {@code <security-constraint>} of {@code web.xml} or a
 * web fragment, or a {@code @ServletSecurity}, covers for GET. A constraint that only permits what
 * another one denies is ignored, so that more paths count as covered than are.
 */
final class Constraints extends DefaultHandler {

  private static final Logger LOG = Logger.getLogger(Constraints.class.getName());

  private final Set<String> patterns = new HashSet<>();
  private final Set<String> dispatchedFilters = new HashSet<>();
  private final StringBuilder text = new StringBuilder();
  private final List<String> ofConstraint = new ArrayList<>();
  private final List<String> ofCollection = new ArrayList<>();
  private final Set<String> methods = new HashSet<>();
  private final Set<String> omitted = new HashSet<>();
  private final Set<String> dispatchers = new HashSet<>();
  private String filter = "";
  private boolean demanding;

  private Constraints() {}

  static Constraints of(ServletContext context, @Nullable ClassLoader application) {
    Constraints all = new Constraints();
    try (InputStream in = context.getResourceAsStream("/WEB-INF/web.xml")) {
      if (in != null) {
        all.read(in);
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, "web.xml cannot be closed", e);
    }
    ClassLoader loader = application == null ? Constraints.class.getClassLoader() : application;
    try {
      for (URL fragment : Collections.list(loader.getResources("META-INF/web-fragment.xml"))) {
        try (InputStream in = fragment.openStream()) {
          all.read(in);
        }
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, "A web-fragment.xml cannot be read", e);
    }
    for (ServletRegistration servlet : context.getServletRegistrations().values()) {
      if (isAnnotated(servlet.getClassName(), loader)) {
        all.patterns.addAll(servlet.getMappings());
      }
    }
    return all;
  }

  Set<String> patterns() {
    return patterns;
  }

  /**
   * Returns the names of filters that are mapped to forwards and to includes: they process internal
   * GETs.
   */
  Set<String> dispatchedFilters() {
    return dispatchedFilters;
  }

  private void read(InputStream in) {
    try {
      SAXParserFactory.newInstance().newSAXParser().parse(in, this);
    } catch (Exception | LinkageError e) {
      // The content of an unreadable descriptor is unknown, so everything counts as covered.
      patterns.add("/*");
      LOG.log(Level.FINE, "The security constraints of a descriptor cannot be read", e);
    }
  }

  private static boolean isAnnotated(@Nullable String servlet, ClassLoader loader) {
    if (servlet == null) {
      return false;
    }
    try {
      Class<?> type = Class.forName(servlet, false, loader);
      for (Annotation annotation : type.getAnnotations()) {
        if (annotation.annotationType().getSimpleName().equals("ServletSecurity")) {
          return true;
        }
      }
      return false;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  @Override
  public InputSource resolveEntity(@Nullable String publicId, @Nullable String systemId) {
    // The document type of old descriptors is not fetched.
    return new InputSource(new StringReader(""));
  }

  @Override
  public void startElement(
      @Nullable String uri, @Nullable String local, String qualified, Attributes attributes) {
    text.setLength(0);
    switch (nameOf(qualified)) {
      case "security-constraint":
        ofConstraint.clear();
        demanding = false;
        break;
      case "web-resource-collection":
        ofCollection.clear();
        methods.clear();
        omitted.clear();
        break;
      case "auth-constraint":
      case "user-data-constraint":
        demanding = true;
        break;
      case "filter-mapping":
        dispatchers.clear();
        break;
      default:
    }
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    text.append(characters, start, length);
  }

  @Override
  public void endElement(@Nullable String uri, @Nullable String local, String qualified) {
    String value = text.toString().trim();
    text.setLength(0);
    switch (nameOf(qualified)) {
      case "url-pattern":
        ofCollection.add(value);
        break;
      case "http-method":
        methods.add(value);
        break;
      case "http-method-omission":
        omitted.add(value);
        break;
      case "web-resource-collection":
        if (!omitted.contains("GET") && (methods.isEmpty() || methods.contains("GET"))) {
          ofConstraint.addAll(ofCollection);
        }
        break;
      case "security-constraint":
        if (demanding) {
          patterns.addAll(ofConstraint);
        }
        break;
      case "deny-uncovered-http-methods":
        // The covered methods depend on all constraints together.
        patterns.add("/*");
        break;
      case "filter-name":
        filter = value;
        break;
      case "dispatcher":
        dispatchers.add(value);
        break;
      case "filter-mapping":
        if (dispatchers.contains("FORWARD") && dispatchers.contains("INCLUDE")) {
          dispatchedFilters.add(filter);
        }
        break;
      default:
    }
  }

  private static String nameOf(String qualified) {
    return qualified.substring(qualified.indexOf(':') + 1);
  }
}
