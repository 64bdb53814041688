package io.github.conflictguard.servlet.security;

import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/** Spring Security as it comes: login by form and by header, CSRF tokens, headers, sessions. */
public final class RealSecurity implements AutoCloseable {

  /** Where applications keep their context. */
  public static final String ATTRIBUTE =
      WebApplicationContext.ROOT_WEB_APPLICATION_CONTEXT_ATTRIBUTE;

  private final AnnotationConfigWebApplicationContext context =
      new AnnotationConfigWebApplicationContext();

  public RealSecurity() {
    context.register(Rules.class);
    context.refresh();
  }

  public WebApplicationContext context() {
    return context;
  }

  /** A filter for requests, as {@code web.xml} maps it by default. */
  public Filter filter() {
    return new OnRequest(context);
  }

  /** A page with the form of a record, whose values are saved by POST. */
  public Handler page(Map<String, String> records) {
    return (request, response) -> {
      if (request.getMethod().equals("POST")) {
        records.put(request.getParameter("id"), request.getParameter("name"));
        response.sendRedirect(request.getContextPath() + "/done");
        return;
      }
      String id = request.getParameter("id");
      CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
      response.setContentType("text/html;charset=UTF-8");
      response
          .getWriter()
          .write(
              "<form method='post' action='"
                  + request.getContextPath()
                  + "/record?id="
                  + id
                  + "'><input type='hidden' name='_csrf' value='"
                  + csrf.getToken()
                  + "'><label>Name <input name='name' value='"
                  + records.get(id)
                  + "'></label></form>");
    };
  }

  @Override
  public void close() {
    context.close();
  }

  private static final class OnRequest extends DelegatingFilterProxy {

    OnRequest(WebApplicationContext context) {
      super("springSecurityFilterChain", context);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      if (request.getDispatcherType() == DispatcherType.REQUEST) {
        super.doFilter(request, response, chain);
      } else {
        chain.doFilter(request, response);
      }
    }
  }

  @Configuration
  @EnableWebSecurity
  static class Rules {

    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .csrf(csrf -> csrf.ignoringRequestMatchers(r -> r.getServletPath().startsWith("/api/")))
          .formLogin(Customizer.withDefaults())
          .httpBasic(Customizer.withDefaults())
          .build();
    }

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername("ada").password("{noop}secret").roles("USER").build());
    }
  }
}
