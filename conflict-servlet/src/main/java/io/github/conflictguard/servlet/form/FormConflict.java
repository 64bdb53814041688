package io.github.conflictguard.servlet.form;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.servlet.fields.FieldKinds;
import io.github.conflictguard.servlet.fields.IgnoredFields;
import io.github.conflictguard.servlet.fields.PasswordNames;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stale form and its details: the fields as the user received them, the current ones if they may
 * be disclosed, the submitted ones, and how the form can be submitted again. Immutable.
 */
public final class FormConflict {

  private final @Nullable FormSnapshot started;
  private final @Nullable FormSnapshot current;
  private final Map<String, List<String>> sent;
  private final IgnoredFields technical;
  private final String action;
  private final String enctype;
  private final @Nullable Charset charset;
  private final @Nullable String token;
  private final @Nullable String page;
  private final boolean typing;
  private final FieldKinds kinds;
  private final Remains remains;

  FormConflict(
      @Nullable FormSnapshot started,
      @Nullable FormSnapshot current,
      Map<String, List<String>> sent,
      IgnoredFields technical,
      FieldKinds kinds,
      Again again,
      Remains remains) {
    this.started = started;
    this.current = current;
    this.sent = Collections.unmodifiableMap(new LinkedHashMap<>(sent));
    this.technical = technical;
    this.kinds = kinds;
    this.action = again.action;
    this.enctype = again.enctype;
    this.charset = again.charset;
    this.token = again.token;
    this.page = again.page;
    this.typing = again.typing;
    this.remains = remains;
  }

  /** Returns the form as the user received it; null when it is no longer stored. */
  public @Nullable FormSnapshot started() {
    return started;
  }

  /** Returns the form as the user would receive it now; null when that is not known. */
  public @Nullable FormSnapshot current() {
    return current;
  }

  /** Returns whether both versions are known, and differ in a visible field. */
  public boolean isKnownToDiffer() {
    if (started == null || current == null) {
      return false;
    }
    for (FormField field : current.fields()) {
      FormField before = started.field(field.name());
      boolean value = field.kind() != FieldKind.HIDDEN && field.kind() != FieldKind.SUBMIT;
      if (value && before != null && !before.values().equals(field.values())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the submitted values by name, in the order of submission, without the token of the
   * filter.
   */
  public Map<String, List<String>> sent() {
    return sent;
  }

  /**
   * Returns whether a field is not part of the application's data, for example a token of its
   * framework.
   */
  public boolean isTechnical(String name) {
    return technical.contain(name);
  }

  /**
   * Returns the kind of a field that is in neither {@link #started} nor {@link #current}: the kind
   * that the token contains, or a password for one that is named like a secret.
   */
  public FieldKind kindOf(String name) {
    FieldKind known = kinds.of(name);
    if (known == FieldKind.SELECT_ONE
        && sent.getOrDefault(name, Collections.emptyList()).size() > 1) {
      // Otherwise each value would be shown with its own list of options.
      return FieldKind.TEXT;
    }
    return known != null
        ? known
        : PasswordNames.contain(name) ? FieldKind.PASSWORD : FieldKind.OTHER;
  }

  /** Returns path and query to which the form is to be submitted again. */
  public String action() {
    return action;
  }

  /** Returns the encoding of the form, for example {@code application/x-www-form-urlencoded}. */
  public String enctype() {
    return enctype;
  }

  /** Returns the charset in which the form was submitted; null when it is not known. */
  public @Nullable Charset charset() {
    return charset;
  }

  /** Returns the name of the hidden field that has to be submitted with the form. */
  public String tokenName() {
    return SubmittedToken.NAME;
  }

  /**
   * Returns the value of the hidden field: the token of {@link #current} where it is known,
   * otherwise that of {@link #started}, so that the next attempt is compared again. Null when the
   * token is in the query of the action, because only containers parse multipart bodies.
   */
  public @Nullable String token() {
    return token;
  }

  /** Returns path and query of the page with the form; null when it is not known. */
  public @Nullable String page() {
    return page;
  }

  /** Returns the address for showing this conflict with text inputs in place of lists. */
  public String typeAction() {
    return action + (action.indexOf('?') < 0 ? '?' : '&') + SubmittedToken.TYPE + "=1";
  }

  /** Returns what remains of the record: values that cannot be saved again can only be copied. */
  public Remains remains() {
    return remains;
  }

  /** Returns whether the user has requested text inputs in place of lists. */
  public boolean isTyping() {
    return typing;
  }

  /** How a stale form can be submitted again, until the conflict is created. */
  static final class Again {

    final String action;
    final String enctype;
    @Nullable Charset charset;
    @Nullable String token;
    @Nullable String page;
    boolean typing;

    /**
     * Creates an address without further data.
     *
     * @param action path and query to which the form is submitted
     * @param enctype its encoding
     */
    Again(String action, String enctype) {
      this.action = action;
      this.enctype = enctype;
    }
  }

  /** What remains of a record. */
  public enum Remains {
    /** The record exists, or is not known to be missing. */
    RECORD,
    /** A page at the same address that no longer contains the form. */
    PAGE,
    /** Nothing. */
    NOTHING
  }
}
