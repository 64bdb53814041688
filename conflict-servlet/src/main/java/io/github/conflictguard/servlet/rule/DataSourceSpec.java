package io.github.conflictguard.servlet.rule;

import org.jspecify.annotations.Nullable;

/** A data source that the rules file defines by the URL of its database. Immutable. */
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

  /** Returns the JDBC URL. */
  public String url() {
    return url;
  }

  /** Returns the user; null when it is part of the URL, or not needed. */
  public @Nullable String user() {
    return user;
  }

  /** Returns the password; null when there is none. */
  public @Nullable String password() {
    return password;
  }

  /** Returns the class of the driver; null when the driver registers itself. */
  public @Nullable String driver() {
    return driver;
  }
}
