package io.github.conflictguard.servlet.form;

import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.fields.FieldKinds;
import io.github.conflictguard.servlet.fields.TokenField;
import org.jspecify.annotations.Nullable;

/** What a request carries from the form it was sent with. Immutable. */
public final class SubmittedToken {

  /** The name of the field, and of the parameter in a query. */
  public static final String NAME = TokenField.NAME;

  /** The name of the request attribute with a token for those who place it themselves. */
  public static final String ATTRIBUTE = "conflictGuardToken";

  /** The name of a parameter by which a conflict page asks for itself, to be typed into. */
  public static final String TYPE = "_conflictguard_type";

  private final @Nullable FormToken token;
  private final @Nullable StoredForm base;
  private final @Nullable TokenSeal seal;
  private final boolean sent;
  private final ClientIdentity client;
  private final FieldKinds kinds;

  private SubmittedToken(
      @Nullable FormToken token,
      @Nullable StoredForm base,
      @Nullable TokenSeal seal,
      boolean sent,
      ClientIdentity client,
      FieldKinds kinds) {
    this.token = token;
    this.base = base;
    this.seal = seal;
    this.sent = sent;
    this.client = client;
    this.kinds = kinds;
  }

  /**
   * What the request carries itself.
   *
   * @param opened null when it is none that is accepted
   * @param kinds of the fields of the form
   */
  static SubmittedToken sent(
      FormTokens.@Nullable Opened opened, ClientIdentity client, FieldKinds kinds) {
    return opened == null
        ? new SubmittedToken(null, null, null, true, client, kinds)
        : new SubmittedToken(opened.token, opened.base, opened.seal, true, client, kinds);
  }

  /** What a request carries that has sent nothing, and of which nothing is remembered. */
  public static SubmittedToken unknown(ClientIdentity client) {
    return new SubmittedToken(null, null, null, false, client, FieldKinds.NONE);
  }

  /**
   * What a request carries that should have carried something: when it is sent again from the page
   * that refuses it, it is judged like a form whose token nobody knows.
   */
  public static SubmittedToken missing(ClientIdentity client) {
    return sent(null, client, FieldKinds.NONE);
  }

  /** What the session remembers. */
  static SubmittedToken remembered(StoredForm form, ClientIdentity client) {
    return new SubmittedToken(form.token, form, null, false, client, FieldKinds.NONE);
  }

  /** Whether the request itself carries it; else the session remembers it. */
  public boolean isSent() {
    return sent;
  }

  /** Returns whether the form was served to the client that sends it. */
  public boolean isValid() {
    return token != null;
  }

  /** What tells this form on this page from all others; null when the request does not say it. */
  public @Nullable String id() {
    return sent && token != null ? token.once() : null;
  }

  /** Path and query of the page that the form was on; null when that is not known. */
  public @Nullable String page() {
    return base == null || base.page.isEmpty() ? null : base.page;
  }

  /** Whether that page showed what was stored, and not what had been typed. */
  public boolean isOfStoredState() {
    return base != null && base.stored;
  }

  /** Who has sent it. */
  ClientIdentity client() {
    return client;
  }

  /** What gave the numbers in {@link #base} their values; null for the newest secret. */
  @Nullable TokenSeal seal() {
    return seal;
  }

  /** Null for a token that nobody here has issued, or to somebody else. */
  @Nullable FormToken token() {
    return token;
  }

  /** What its form's fields are, as far as the token tells. */
  FieldKinds kinds() {
    return kinds;
  }

  /** What the form held when it was shown; null when that is not known. */
  @Nullable StoredForm base() {
    return base;
  }
}
