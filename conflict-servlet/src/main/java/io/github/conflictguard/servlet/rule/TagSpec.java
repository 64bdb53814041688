package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.match.Template;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The source of the entity tags of a rule, as the rule defines it. Immutable. */
public final class TagSpec {

  /** The default timeout of a query. */
  static final int TIMEOUT_SECONDS = 5;

  private final Source source;
  private final @Nullable String dataSource;
  private final @Nullable Template sql;
  private final List<String> version;
  private final @Nullable String lastModified;
  private final @Nullable String resolver;
  private final @Nullable String field;
  private final int timeoutSeconds;

  private TagSpec(
      Source source,
      @Nullable String dataSource,
      @Nullable Template sql,
      List<String> version,
      @Nullable String lastModified,
      @Nullable String resolver,
      @Nullable String field,
      int timeoutSeconds) {
    this.source = source;
    this.dataSource = dataSource;
    this.sql = sql;
    this.version = Collections.unmodifiableList(version);
    this.lastModified = lastModified;
    this.resolver = resolver;
    this.field = field;
    this.timeoutSeconds = timeoutSeconds;
  }

  static TagSpec of(Source source) {
    return new TagSpec(source, null, null, Collections.emptyList(), null, null, null, 0);
  }

  static TagSpec query(
      String dataSource,
      Template sql,
      List<String> version,
      @Nullable String lastModified,
      int timeoutSeconds) {
    return new TagSpec(
        Source.QUERY, dataSource, sql, version, lastModified, null, null, timeoutSeconds);
  }

  static TagSpec resolver(String className) {
    return new TagSpec(
        Source.RESOLVER, null, null, Collections.emptyList(), null, className, null, 0);
  }

  static TagSpec inField(String name) {
    return new TagSpec(Source.NATIVE, null, null, Collections.emptyList(), null, null, name, 0);
  }

  /** Returns the kind of source. */
  public Source source() {
    return source;
  }

  /** Returns the name of a {@code query}'s data source; null for the other sources. */
  public @Nullable String dataSource() {
    return dataSource;
  }

  /** Returns the statement of a {@code query}; null for the other sources. */
  public @Nullable Template sql() {
    return sql;
  }

  /**
   * Returns the columns from which the tag of a {@code query} is built; empty when all of them are
   * used.
   */
  public List<String> version() {
    return version;
  }

  /**
   * Returns the column of a {@code query} that holds the modification date; null when there is
   * none.
   */
  public @Nullable String lastModified() {
    return lastModified;
  }

  /** Returns the timeout of a {@code query}. */
  public int timeoutSeconds() {
    return timeoutSeconds;
  }

  /** Returns the class name of a {@code resolver}; null for the other sources. */
  public @Nullable String resolver() {
    return resolver;
  }

  /**
   * Returns the field that contains the application's own version, if {@code native}; otherwise
   * null.
   */
  public @Nullable String field() {
    return field;
  }

  /** The kinds of sources. */
  public enum Source {
    /** The application's own entity tags, with preconditions evaluated by the application. */
    APPLICATION,
    /** The body of the response to GET. */
    BODY,
    /** A number for each resource that every write increments. */
    COUNTER,
    /**
     * The values of the fields when the page of the form was served, and whether the record was
     * written since.
     */
    FORM,
    /** A version that the application adds to its forms, and compares itself. */
    NATIVE,
    /** No source: there is no record yet, or none that could be lost. */
    NONE,
    /** A row of the database. */
    QUERY,
    /** A class of the adopter. */
    RESOLVER;

    /** Returns whether the source is for forms only. */
    boolean isOfForms() {
      return this == FORM || this == NATIVE || this == NONE;
    }

    /** Returns whether the state is known before and without the application's response. */
    boolean isKnownBeforeAnswer() {
      return this == COUNTER || this == QUERY || this == RESOLVER;
    }

    /** Returns the name in rules. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
