package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.match.Fields;
import io.github.conflictguard.servlet.match.InvalidRuleException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings of a rule about the forms on its pages that lead to a write. Immutable. */
public final class FormSpec {

  private final TokenPlace tokenIn;
  private final Resubmit resubmit;
  private final Set<String> ignored;
  private final boolean stripped;
  private final boolean links;
  private final @Nullable String conflictPage;

  private FormSpec(
      TokenPlace tokenIn,
      Resubmit resubmit,
      List<String> ignored,
      boolean stripped,
      boolean links,
      @Nullable String conflictPage) {
    this.tokenIn = tokenIn;
    this.resubmit = resubmit;
    this.ignored = Collections.unmodifiableSet(new HashSet<>(ignored));
    this.stripped = stripped;
    this.links = links;
    this.conflictPage = conflictPage;
  }

  /**
   * Reads the field {@code forms} of a rule.
   *
   * @param usual whether forms are protected if the rule does not specify it
   * @return null when they are not
   */
  static @Nullable FormSpec read(Fields rule, boolean usual) throws InvalidRuleException {
    Object value = rule.any("forms");
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value == null ? usual : value)
          ? new FormSpec(
              TokenPlace.FIELD, Resubmit.REPLAY, Collections.emptyList(), false, false, null)
          : null;
    }
    Fields fields = Fields.of(rule + ", field 'forms'", value);
    TokenPlace tokenIn = fields.oneOf("tokenIn", TokenPlace.values(), TokenPlace::code);
    Resubmit resubmit = fields.oneOf("resubmit", Resubmit.values(), Resubmit::code);
    FormSpec spec =
        new FormSpec(
            tokenIn == null ? TokenPlace.FIELD : tokenIn,
            resubmit == null ? Resubmit.REPLAY : resubmit,
            fields.texts("ignore"),
            Boolean.TRUE.equals(fields.trueOrFalse("stripToken")),
            Boolean.TRUE.equals(fields.trueOrFalse("links")),
            conflictPage(fields));
    fields.end();
    return spec;
  }

  private static @Nullable String conflictPage(Fields fields) throws InvalidRuleException {
    String path = fields.text("conflictPage");
    if (path != null && !path.startsWith("/")) {
      throw fields.wrong("conflictPage", "a path inside the web application that begins with /");
    }
    return path;
  }

  /** Returns the application's own conflict page; null when the filter's setting applies. */
  public @Nullable String conflictPage() {
    return conflictPage;
  }

  /** Returns where the token is transmitted. */
  public TokenPlace tokenIn() {
    return tokenIn;
  }

  /** Returns what happens to a form that is submitted again. */
  public Resubmit resubmit() {
    return resubmit;
  }

  /** Returns the names of fields that are not data of the record. Unmodifiable. */
  public Set<String> ignored() {
    return ignored;
  }

  /** Returns whether the token is hidden from the application. */
  public boolean isStripped() {
    return stripped;
  }

  /** Returns whether links that write are protected as well. */
  public boolean areLinksCarried() {
    return links;
  }

  /** Where a token is transmitted. */
  public enum TokenPlace {
    /** In a hidden field. */
    FIELD,
    /** In the query of the form's action. */
    QUERY;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What happens to a form that is submitted again. */
  public enum Resubmit {
    /** The response to the first submission is sent again. */
    REPLAY,
    /** The submission is refused. */
    REFUSE,
    /** The submission is executed like any other request. */
    ALLOW;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
