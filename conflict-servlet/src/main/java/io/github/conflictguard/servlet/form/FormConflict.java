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
 * A form that came too late, with all that is known of it: what its sender had got, what there is
 * now as far as he may see it, what he has sent, and how it can be sent again. Immutable.
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
  private final FieldKinds kinds;
  private final Remains remains;
  private final boolean typing;

  FormConflict(
      @Nullable FormSnapshot started,
      @Nullable FormSnapshot current,
      Map<String, List<String>> sent,
      IgnoredFields technical,
      String action,
      String enctype,
      @Nullable Charset charset,
      @Nullable String token,
      @Nullable String page,
      FieldKinds kinds,
      Remains remains,
      boolean typing) {
    this.started = started;
    this.current = current;
    this.sent = Collections.unmodifiableMap(new LinkedHashMap<>(sent));
    this.technical = technical;
    this.action = action;
    this.enctype = enctype;
    this.charset = charset;
    this.token = token;
    this.page = page;
    this.kinds = kinds;
    this.remains = remains;
    this.typing = typing;
  }

  /** The form as its sender had got it; null when nobody remembers. */
  public @Nullable FormSnapshot started() {
    return started;
  }

  /** The form as its sender would get it now; null when that is not known. */
  public @Nullable FormSnapshot current() {
    return current;
  }

  /** Whether both versions are known, and differ in a field that people see. */
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

  /** What was sent, by name, in the order in which it came, our own token left out. */
  public Map<String, List<String>> sent() {
    return sent;
  }

  /** Whether a field is none of the application's data, a token of its framework for example. */
  public boolean isTechnical(String name) {
    return technical.contain(name);
  }

  /**
   * The kind of a field that is neither in {@link #started} nor in {@link #current}: as the token
   * tells it, and for one that is named like a secret, a password.
   */
  public FieldKind kindOf(String name) {
    FieldKind known = kinds.of(name);
    if (known == FieldKind.SELECT_ONE
        && sent.getOrDefault(name, Collections.emptyList()).size() > 1) {
      // Each of them would be shown with all of them to choose from.
      return FieldKind.TEXT;
    }
    return known != null
        ? known
        : PasswordNames.contain(name) ? FieldKind.PASSWORD : FieldKind.OTHER;
  }

  /** Where it is to be sent again: path and query. */
  public String action() {
    return action;
  }

  /** How it was sent: {@code application/x-www-form-urlencoded} and the like. */
  public String enctype() {
    return enctype;
  }

  /** The charset in which it was sent; null when that is not known. */
  public @Nullable Charset charset() {
    return charset;
  }

  /** The name of the hidden field that has to be sent along. */
  public String tokenName() {
    return SubmittedToken.NAME;
  }

  /**
   * The value of that field: that of {@link #current} where it is known, and else that of {@link
   * #started}, so that the next attempt is compared again. Null when it is in the query of the
   * action, because containers alone take apart what is sent as multipart.
   */
  public @Nullable String token() {
    return token;
  }

  /** The address of the page with the form: path and query; null when it is not known. */
  public @Nullable String page() {
    return page;
  }

  /** Where to send the form for being shown this again with inputs in place of choices. */
  public String typeAction() {
    return action + (action.indexOf('?') < 0 ? '?' : '&') + SubmittedToken.TYPE + "=1";
  }

  /** What there is still of the record: what cannot be saved again can only be copied. */
  public Remains remains() {
    return remains;
  }

  /** Whether the sender asks for inputs in place of choices. */
  public boolean isTyping() {
    return typing;
  }

  /** What there is still of a record. */
  public enum Remains {
    /** As far as is known, the record. */
    RECORD,
    /** A page in the place of that with the form, which does not have the form any more. */
    PAGE,
    /** Nothing. */
    NOTHING
  }
}
