package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.match.Fields;
import io.github.conflictguard.servlet.match.InvalidRuleException;
import io.github.conflictguard.servlet.match.Template;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The source of the entity tags of a rule, as the rule defines it. Immutable. */
public final class TagSpec {

  /** The default timeout of a query. */
  static final int TIMEOUT_SECONDS = 5;

  private final Source source;
  private final @Nullable Query query;

  /** The class of a {@code resolver}, or the field of {@code native}. */
  private final @Nullable String name;

  private TagSpec(Source source, @Nullable Query query, @Nullable String name) {
    this.source = source;
    this.query = query;
    this.name = name;
  }

  /** Reads the field {@code tag} of a rule: a name, or an object with a name and its options. */
  static TagSpec read(Fields rule) throws InvalidRuleException {
    Object value = rule.any("tag");
    if (value == null) {
      return of(Source.BODY);
    }
    Fields fields =
        value instanceof Map
            ? Fields.of(rule + ", field 'tag'", value)
            : Fields.of(rule + ", field 'tag'", Collections.singletonMap("source", value));
    Source source = fields.oneOf("source", Source.values(), Source::code);
    if (source == null) {
      throw new InvalidRuleException(fields + " lacks the field 'source'");
    }
    TagSpec spec = read(source, fields);
    fields.end();
    return spec;
  }

  /** Reads the timeout. In JDBC 0 means no limit, and one is required. */
  private static int timeoutSeconds(Fields fields) throws InvalidRuleException {
    Integer seconds = fields.number("timeoutSeconds");
    if (seconds != null && seconds == 0) {
      throw fields.wrong("timeoutSeconds", "whole numbers from 1 to " + Integer.MAX_VALUE);
    }
    return seconds == null ? TIMEOUT_SECONDS : seconds;
  }

  private static TagSpec read(Source source, Fields fields) throws InvalidRuleException {
    switch (source) {
      case QUERY:
        return new TagSpec(
            source,
            new Query(
                fields.requiredText("dataSource"),
                fields.parsed("sql", fields.requiredText("sql"), Template::parse),
                fields.texts("version"),
                fields.text("lastModified"),
                timeoutSeconds(fields)),
            null);
      case NATIVE:
        return new TagSpec(source, null, fields.requiredText("field"));
      case RESOLVER:
        return new TagSpec(source, null, fields.requiredText("class"));
      default:
        return of(source);
    }
  }

  private static TagSpec of(Source source) {
    return new TagSpec(source, null, null);
  }

  /** Returns the kind of source. */
  public Source source() {
    return source;
  }

  /** Returns the name of a {@code query}'s data source; null for the other sources. */
  public @Nullable String dataSource() {
    return query == null ? null : query.dataSource;
  }

  /** Returns the statement of a {@code query}; null for the other sources. */
  public @Nullable Template sql() {
    return query == null ? null : query.sql;
  }

  /**
   * Returns the columns from which the tag of a {@code query} is built; empty when all of them are
   * used.
   */
  public List<String> version() {
    return query == null ? Collections.emptyList() : query.version;
  }

  /**
   * Returns the column of a {@code query} that holds the modification date; null when there is
   * none.
   */
  public @Nullable String lastModified() {
    return query == null ? null : query.lastModified;
  }

  /** Returns the timeout of a {@code query}. */
  public int timeoutSeconds() {
    return query == null ? 0 : query.timeoutSeconds;
  }

  /** Returns the class name of a {@code resolver}; null for the other sources. */
  public @Nullable String resolver() {
    return source == Source.RESOLVER ? name : null;
  }

  /**
   * Returns the field that contains the application's own version, if {@code native}; otherwise
   * null.
   */
  public @Nullable String field() {
    return source == Source.NATIVE ? name : null;
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

  /** The options of {@code query}. */
  private static final class Query {

    final String dataSource;
    final Template sql;
    final List<String> version;
    final @Nullable String lastModified;
    final int timeoutSeconds;

    Query(
        String dataSource,
        Template sql,
        List<String> version,
        @Nullable String lastModified,
        int timeoutSeconds) {
      this.dataSource = dataSource;
      this.sql = sql;
      this.version = Collections.unmodifiableList(version);
      this.lastModified = lastModified;
      this.timeoutSeconds = timeoutSeconds;
    }
  }
}
