package io.github.conflictguard.servlet.doctor;

import jakarta.servlet.ServletContext;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
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
 * The filters in the order in which {@code web.xml} maps them, which containers do not expose:
 * first those mapped to URL patterns, then those mapped to servlet names (Servlet specification,
 * 6.2.4). Immutable.
 */
final class DeclaredOrder {

  private static final Logger LOG = Logger.getLogger(DeclaredOrder.class.getName());

  private final List<String> byPattern;
  private final List<String> byServlet;
  private final Set<String> mappedToForward;
  private final boolean constrained;

  private DeclaredOrder(
      Collection<String> byPattern,
      Collection<String> byServlet,
      Set<String> mappedToForward,
      boolean constrained) {
    this.byPattern = new ArrayList<>(byPattern);
    this.byServlet = new ArrayList<>(byServlet);
    this.mappedToForward = mappedToForward;
    this.constrained = constrained;
  }

  /** Reads the order; without a readable descriptor no filter is declared. */
  static DeclaredOrder of(ServletContext context) {
    Mappings mappings = new Mappings();
    try (InputStream in = context.getResourceAsStream("/WEB-INF/web.xml")) {
      if (in != null) {
        SAXParserFactory.newInstance().newSAXParser().parse(in, mappings);
      }
    } catch (Exception | LinkageError e) {
      // The application may contain any parser: its failure must not prevent the start.
      LOG.log(Level.FINE, "The order of the filters in web.xml cannot be read", e);
    }
    return new DeclaredOrder(
        mappings.byPattern, mappings.byServlet, mappings.toForward, mappings.constrained);
  }

  /**
   * Returns the same order with an additional filter after those that are mapped to URL patterns.
   */
  DeclaredOrder with(String filter) {
    DeclaredOrder more = new DeclaredOrder(byPattern, byServlet, mappedToForward, constrained);
    if (!more.isDeclared(filter)) {
      more.byPattern.add(filter);
    }
    return more;
  }

  /**
   * Returns whether one filter precedes another one; null when {@code web.xml} does not determine
   * it.
   */
  @Nullable Boolean isInFront(String one, String other) {
    return (isDeclared(one) && isDeclared(other)) ? place(one) < place(other) : null;
  }

  /** Returns whether a filter is mapped to forwarded requests. */
  boolean isMappedToForward(String filter) {
    return mappedToForward.contains(filter);
  }

  /** Returns whether the container itself controls access ({@code security-constraint}). */
  boolean isConstrained() {
    return constrained;
  }

  /** Returns whether a filter is mapped to URL patterns or to servlet names. */
  boolean isDeclared(String filter) {
    return byPattern.contains(filter) || byServlet.contains(filter);
  }

  private int place(String filter) {
    int place = byPattern.indexOf(filter);
    return place < 0 ? byPattern.size() + byServlet.indexOf(filter) : place;
  }

  /** Returns the names of the filters, in order. */
  List<String> names() {
    Set<String> names = new LinkedHashSet<>(byPattern);
    names.addAll(byServlet);
    return new ArrayList<>(names);
  }

  private static final class Mappings extends DefaultHandler {

    final Set<String> byPattern = new LinkedHashSet<>();
    final Set<String> byServlet = new LinkedHashSet<>();
    final Set<String> toForward = new LinkedHashSet<>();
    boolean constrained;
    private final StringBuilder text = new StringBuilder();
    private boolean inMapping;
    private String filter = "";
    private boolean ofServlet;
    private boolean ofPattern;
    private boolean ofForward;

    @Override
    public InputSource resolveEntity(@Nullable String publicId, @Nullable String systemId) {
      // The document type of old descriptors, which is not loaded.
      return new InputSource(new StringReader(""));
    }

    @Override
    public void startElement(
        @Nullable String uri, @Nullable String local, String qualified, Attributes attributes) {
      text.setLength(0);
      if (isNamed("filter-mapping", qualified)) {
        inMapping = true;
        filter = "";
        ofServlet = false;
        ofPattern = false;
        ofForward = false;
      }
      constrained |= isNamed("security-constraint", qualified);
    }

    @Override
    public void characters(char[] characters, int start, int length) {
      text.append(characters, start, length);
    }

    @Override
    public void endElement(@Nullable String uri, @Nullable String local, String qualified) {
      if (isNamed("filter-mapping", qualified)) {
        inMapping = false;
        if (ofPattern) {
          byPattern.add(filter);
        }
        if (ofServlet) {
          byServlet.add(filter);
        }
        if (ofForward) {
          toForward.add(filter);
        }
      } else if (inMapping && isNamed("filter-name", qualified)) {
        filter = text.toString().trim();
      } else if (inMapping) {
        ofServlet |= isNamed("servlet-name", qualified);
        ofPattern |= isNamed("url-pattern", qualified);
        ofForward |= isNamed("dispatcher", qualified) && text.toString().trim().equals("FORWARD");
      }
    }

    private static boolean isNamed(String name, String qualified) {
      return qualified.substring(qualified.indexOf(':') + 1).equals(name);
    }
  }
}
