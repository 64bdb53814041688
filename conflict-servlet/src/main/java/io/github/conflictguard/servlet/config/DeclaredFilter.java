package io.github.conflictguard.servlet.config;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** The configuration that the filter will receive, for code that runs before the filter starts. */
public final class DeclaredFilter implements FilterConfig {

  private final ServletContext context;
  private final FilterRegistration registration;

  private DeclaredFilter(ServletContext context, FilterRegistration registration) {
    this.context = context;
    this.registration = registration;
  }

  /** Returns the first declaration in the application; null if there is none. */
  public static @Nullable DeclaredFilter in(ServletContext context) {
    for (FilterRegistration registration : context.getFilterRegistrations().values()) {
      if (FilterNames.FILTER.equals(registration.getClassName())) {
        return new DeclaredFilter(context, registration);
      }
    }
    return null;
  }

  @Override
  public String getFilterName() {
    return registration.getName();
  }

  @Override
  public ServletContext getServletContext() {
    return context;
  }

  @Override
  public @Nullable String getInitParameter(String name) {
    return registration.getInitParameter(name);
  }

  @Override
  public Enumeration<String> getInitParameterNames() {
    return Collections.enumeration(registration.getInitParameters().keySet());
  }
}
