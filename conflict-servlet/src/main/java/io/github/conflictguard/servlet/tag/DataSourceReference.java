package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.servlet.rule.DataSourceSpec;
import io.github.conflictguard.servlet.rule.Rules;
import jakarta.servlet.ServletContext;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The data source that a rule refers to: {@code java:...} in JNDI, {@code attribute:...} among the
 * attributes of the servlet context, or else the name of one that the rules file describes.
 * Thread-safe.
 */
final class DataSourceReference {

  private static final String JNDI = "java:";
  private static final String ATTRIBUTE = "attribute:";

  private final String name;
  private final ServletContext context;
  private final @Nullable DataSource found;

  private DataSourceReference(String name, ServletContext context, @Nullable DataSource found) {
    this.name = name;
    this.context = context;
    this.found = found;
  }

  /**
   * Resolves the reference if that is possible at start-up; an attribute may be set later.
   *
   * @throws IllegalArgumentException if the data source does not exist
   */
  static DataSourceReference of(String name, Rules rules, ServletContext context) {
    if (name.startsWith(ATTRIBUTE)) {
      return new DataSourceReference(name, context, null);
    }
    if (name.startsWith(JNDI)) {
      return new DataSourceReference(name, context, inJndi(name));
    }
    DataSourceSpec spec = rules.dataSources().get(name);
    if (spec == null) {
      throw new IllegalArgumentException(
          "the dataSource '"
              + name
              + "' is unknown; accepted are java:..., attribute:... and one of "
              + rules.dataSources().keySet());
    }
    return new DataSourceReference(name, context, new DriverManagerDataSource(spec));
  }

  DataSource get() {
    if (found != null) {
      return found;
    }
    Object attribute = context.getAttribute(name.substring(ATTRIBUTE.length()));
    if (attribute instanceof DataSource) {
      return (DataSource) attribute;
    }
    throw new IllegalStateException(
        "The servlet context has no DataSource as its " + name + ", but " + attribute);
  }

  // The name comes from the deployer of the application, and always begins with "java:".
  @SuppressWarnings("BanJNDI")
  private static DataSource inJndi(String name) {
    try {
      Object bound = new InitialContext().lookup(name);
      if (bound instanceof DataSource) {
        return (DataSource) bound;
      }
      throw new IllegalArgumentException("the dataSource '" + name + "' is " + bound);
    } catch (NamingException e) {
      throw new IllegalArgumentException("the dataSource '" + name + "' is not in JNDI", e);
    }
  }
}
