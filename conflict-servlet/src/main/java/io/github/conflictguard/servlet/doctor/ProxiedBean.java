package io.github.conflictguard.servlet.doctor;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bean to which a filter delegates, such as Spring Security's. */
final class ProxiedBean {

  private static final Logger LOG = Logger.getLogger(ProxiedBean.class.getName());

  private static final Pattern PROXIES =
      Pattern.compile("(.*\\.)?(DelegatingFilterProxy\\w*|FilterToBeanProxy)(\\$.*)?");

  private static final String ROOT = "org.springframework.web.context.WebApplicationContext.ROOT";

  private final ServletContext context;
  private final FilterRegistration registration;

  private ProxiedBean(ServletContext context, FilterRegistration registration) {
    this.context = context;
    this.registration = registration;
  }

  /** Returns the bean of a filter; null when the filter is not a proxy. */
  static @Nullable ProxiedBean of(
      ServletContext context, FilterRegistration registration, @Nullable ClassLoader loader) {
    return isProxy(String.valueOf(registration.getClassName()), loader)
        ? new ProxiedBean(context, registration)
        : null;
  }

  private static boolean isProxy(String className, @Nullable ClassLoader loader) {
    if (PROXIES.matcher(className).matches()) {
      return true;
    }
    try {
      Class<?> type = Class.forName(className, false, loader);
      while (type != null && !PROXIES.matcher(type.getName()).matches()) {
        type = type.getSuperclass();
      }
      return type != null;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** Returns the role of the bean; null when it is not relevant, or not known. */
  @Nullable FilterRole role() {
    String type = className();
    FilterRole role = type == null ? null : FilterRole.ofClass(type);
    return role == null ? FilterRole.ofBean(name()) : role;
  }

  /**
   * Returns the name of the bean: that of the filter, unless an init-param specifies another one.
   */
  private String name() {
    for (String parameter : new String[] {"targetBeanName", "targetBean", "targetClass"}) {
      String named = registration.getInitParameter(parameter);
      if (named != null) {
        return named.trim();
      }
    }
    return registration.getName();
  }

  /**
   * Returns the name of the bean's class; null when there is no application context that contains
   * it.
   */
  @Nullable String className() {
    Object type = null;
    try {
      Object beans = beans();
      if (beans != null) {
        type = beans.getClass().getMethod("getType", String.class).invoke(beans, name());
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // In this case only its name is used.
      LOG.log(Level.FINE, "The class of the bean '" + name() + "' is not known", e);
    }
    return type instanceof Class ? ((Class<?>) type).getName() : null;
  }

  /** Returns the bean itself; null when it is not accessible. */
  @Nullable Object find() {
    try {
      Object beans = beans();
      return beans == null
          ? null
          : beans.getClass().getMethod("getBean", String.class).invoke(beans, name());
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.log(Level.FINE, "The bean '" + name() + "' is not to be had", e);
      return null;
    }
  }

  private @Nullable Object beans() {
    String attribute = registration.getInitParameter("contextAttribute");
    return context.getAttribute(attribute == null ? ROOT : attribute);
  }
}
