package io.github.conflictguard.servlet.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.session.SessionFixationProtectionStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter;
import org.springframework.security.web.servletapi.SecurityContextHolderAwareRequestFilter;
import org.springframework.security.web.session.DisableEncodeUrlFilter;
import org.springframework.security.web.session.SessionManagementFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/** The filter chain of Spring Security with header writing, CSRF protection and sessions. */
public class SecurityChain extends FilterChainProxy {

  /** Creates the chain, which web.xml can name. */
  public SecurityChain() {
    super(new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, filters()));
  }

  private static List<Filter> filters() {
    HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
    SessionManagementFilter sessions =
        new SessionManagementFilter(contexts, new SessionFixationProtectionStrategy());
    sessions.setTrustResolver(new AuthenticationTrustResolverImpl());
    return Arrays.asList(
        new DisableEncodeUrlFilter(),
        new SecurityContextHolderFilter(contexts),
        new HeaderWriterFilter(
            Arrays.asList(
                new XContentTypeOptionsHeaderWriter(),
                new CacheControlWithStoring(),
                new XFrameOptionsHeaderWriter())),
        new CsrfFilter(new HttpSessionCsrfTokenRepository()),
        awareRequests(),
        new AnonymousAuthenticationFilter("key"),
        sessions);
  }

  private static Filter awareRequests() {
    SecurityContextHolderAwareRequestFilter filter = new SecurityContextHolderAwareRequestFilter();
    try {
      filter.afterPropertiesSet();
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    }
    return filter;
  }

  /** Leaves answers that the application lets be stored as they are; those get entity tags. */
  private static final class CacheControlWithStoring implements HeaderWriter {

    private final CacheControlHeadersWriter otherwise = new CacheControlHeadersWriter();

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
      if (!request.getRequestURI().contains("/stored/")) {
        otherwise.writeHeaders(request, response);
      }
    }
  }
}
