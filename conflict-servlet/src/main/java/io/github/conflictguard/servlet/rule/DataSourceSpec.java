package io.github.conflictguard.servlet.rule;

import org.jspecify.annotations.Nullable;

/** A data source that the rules file describes by the address of its database. Immutable. */
public final class DataSourceSpec {

  private final String url;
  private final @Nullable String user;
  private final @Nullable String password;
  private final @Nullable String driver;

  DataSourceSpec(
      String url, @Nullable String user, @Nullable String password, @Nullable String driver) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.driver = driver;
  }

  /** The JDBC URL. */
  public String url() {
    return url;
  }

  /** The user; null when the URL says it all. */
  public @Nullable String user() {
    return user;
  }

  /** The password; null when there is none. */
  public @Nullable String password() {
    return password;
  }

  /** The class of the driver; null when it registers itself. */
  public @Nullable String driver() {
    return driver;
  }
}
