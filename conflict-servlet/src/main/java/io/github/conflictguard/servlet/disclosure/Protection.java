package io.github.conflictguard.servlet.disclosure;

import io.github.conflictguard.servlet.match.PathPattern;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The security constraints and filters that apply to requests of clients, but not to internal GETs.
 * A filter that is not known to be harmless counts as protection, whatever its position is.
 * Immutable.
 */
public final class Protection {

  private static final Pattern HARMLESS =
      Pattern.compile(
          "(.*[.$])?\\w*(Encoding|Charset)Filter"
              + "|(?i:(.*[.$])?\\w*(gzip|compress|compressing|deflate|brotli)\\w*filter)"
              + "|org\\.springframework\\.web\\.filter\\.(HiddenHttpMethod|FormContent"
              + "|HttpPutFormContent|RequestContext|ShallowEtagHeader|ForwardedHeader|Cors"
              + "|CommonsRequestLogging|ServletContextRequestLogging|RelativeRedirect"
              + "|ServerHttpObservation)Filter"
              + "|org\\.springframework\\.orm\\..*\\.Open(EntityManager|Session)InViewFilter"
              + "|org\\.apache\\.catalina\\.filters\\.(SetCharacterEncoding|AddDefaultCharset"
              + "|Expires|Cors|RequestDumper|FailedRequest|HttpHeaderSecurity|RemoteIp)Filter"
              + "|org\\.apache\\.tomcat\\.websocket\\.server\\.WsFilter"
              + "|org\\.eclipse\\.jetty\\..*\\.WebSocketUpgradeFilter"
              + "|io\\.undertow\\.websockets\\.jsr\\.JsrWebSocketFilter"
              + "|org\\.glassfish\\.tyrus\\.servlet\\.TyrusServletFilter"
              + "|net\\.bull\\.javamelody\\.\\w*MonitoringFilter"
              + "|org\\.sitemesh\\..*|com\\.opensymphony\\.(module\\.)?sitemesh\\..*"
              + "|org\\.apache\\.logging\\.log4j\\.web\\.Log4jServletFilter"
              + "|ch\\.qos\\.logback\\.classic\\.helpers\\.MDCInsertingServletFilter");

  private final List<Cover> covers = new ArrayList<>();

  private Protection() {}

  /**
   * Inspects an application during its start-up.
   *
   * @param guardClass the class name of the filter of this project
   */
  public static Protection of(ServletContext context, String guardClass) {
    Protection protection = new Protection();
    Constraints constraints = Constraints.of(context, context.getClassLoader());
    for (String pattern : constraints.patterns()) {
      protection.covers.add(new Cover("the security-constraint for " + pattern, false, pattern));
    }
    for (FilterRegistration filter : context.getFilterRegistrations().values()) {
      String type = filter.getClassName();
      if (guardClass.equals(type) || (type != null && HARMLESS.matcher(type).matches())) {
        continue;
      }
      String name = "filter '" + filter.getName() + "' (" + type + ")";
      boolean dispatched = constraints.dispatchedFilters().contains(filter.getName());
      for (String pattern : patternsOf(filter, context)) {
        protection.covers.add(new Cover(name, dispatched, pattern));
      }
    }
    return protection;
  }

  private static Set<String> patternsOf(FilterRegistration filter, ServletContext context) {
    Set<String> patterns = new HashSet<>(filter.getUrlPatternMappings());
    for (String servlet : filter.getServletNameMappings()) {
      ServletRegistration registration = context.getServletRegistrations().get(servlet);
      Collection<String> mappings = registration == null ? null : registration.getMappings();
      if (mappings == null) {
        patterns.add("/*");
      } else {
        patterns.addAll(mappings);
      }
    }
    return patterns;
  }

  /**
   * Returns whether no protection applies to requests of clients for this path inside the
   * application.
   */
  public boolean isOpen(String path) {
    for (Cover cover : covers) {
      if (cover.covers(path)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns a description of the protection that an internal GET for this path bypasses; null when
   * there is none.
   */
  public @Nullable String skippedAt(String path) {
    for (Cover cover : covers) {
      if (!cover.dispatched && cover.covers(path)) {
        return cover.name;
      }
    }
    return null;
  }

  private static final class Cover {

    final String name;
    final boolean dispatched;
    private final @Nullable PathPattern pattern;

    Cover(String name, boolean dispatched, String pattern) {
      this.name = name;
      this.dispatched = dispatched;
      PathPattern parsed = null;
      try {
        // "/" matches every path without another pattern: more paths count as covered than are.
        parsed = pattern.equals("/") ? null : PathPattern.parse(pattern);
      } catch (IllegalArgumentException e) {
        // The empty pattern and container-specific ones: likewise.
      }
      this.pattern = parsed;
    }

    boolean covers(String path) {
      return pattern == null || pattern.matches(path);
    }
  }
}
