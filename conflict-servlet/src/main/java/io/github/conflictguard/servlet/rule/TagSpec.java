package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.match.Template;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the entity tags of a rule come from, as the rule says it. Immutable. */
public final class TagSpec {

  /** How long a query may take where its rule does not say so. */
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

  /** The sort of source. */
  public Source source() {
    return source;
  }

  /** The name of a {@code query}'s data source; null for the other sources. */
  public @Nullable String dataSource() {
    return dataSource;
  }

  /** The statement of a {@code query}; null for the other sources. */
  public @Nullable Template sql() {
    return sql;
  }

  /** The columns that the tag of a {@code query} is made of; empty when all of them are. */
  public List<String> version() {
    return version;
  }

  /** The column of a {@code query} that holds the modification date; null when none does. */
  public @Nullable String lastModified() {
    return lastModified;
  }

  /** How long a {@code query} may take. */
  public int timeoutSeconds() {
    return timeoutSeconds;
  }

  /** The class name of a {@code resolver}; null for the other sources. */
  public @Nullable String resolver() {
    return resolver;
  }

  /** The field in which the application's own version is, if {@code native}; else null. */
  public @Nullable String field() {
    return field;
  }

  /** The sorts of sources. */
  public enum Source {
    /** The application's own entity tags, which it judges itself. */
    APPLICATION,
    /** The answer to GET. */
    BODY,
    /** A number for each resource that every write increments. */
    COUNTER,
    /**
     * What the fields of a form held when its page was served, and whether it was written since.
     */
    FORM,
    /** A version that the application puts into its forms, and judges itself. */
    NATIVE,
    /** Nothing: there is no record yet, or none that could be lost. */
    NONE,
    /** A row of the database. */
    QUERY,
    /** A class of the adopter. */
    RESOLVER;

    /** Whether it is about forms and nothing else. */
    boolean isOfForms() {
      return this == FORM || this == NATIVE || this == NONE;
    }

    /** Whether the state is known before the application has answered, and without its answer. */
    boolean isKnownBeforeAnswer() {
      return this == COUNTER || this == QUERY || this == RESOLVER;
    }

    /** The name in rules. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
