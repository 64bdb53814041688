package io.github.conflictguard.servlet.form;

import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.resource.WriteCounters;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.fields.FieldKinds;
import io.github.conflictguard.servlet.fields.TokenField;
import org.jspecify.annotations.Nullable;

/** The token that a request carries from its form. Immutable. */
public final class SubmittedToken {

  /** The name of the field, and of the query parameter. */
  public static final String NAME = TokenField.NAME;

  /** The name of the request attribute with a token, for applications that insert it themselves. */
  public static final String ATTRIBUTE = "conflictGuardToken";

  /** The name of the parameter by which a conflict page requests itself with text inputs. */
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
   * Returns the token in the request itself.
   *
   * @param opened null when it was not accepted
   * @param kinds of the fields of the form
   */
  static SubmittedToken sent(
      FormTokens.@Nullable Opened opened, ClientIdentity client, FieldKinds kinds) {
    return opened == null
        ? new SubmittedToken(null, null, null, true, client, kinds)
        : new SubmittedToken(opened.token, opened.base, opened.seal, true, client, kinds);
  }

  /** Returns the token of a request that contains none, and for which no form is stored. */
  public static SubmittedToken unknown(ClientIdentity client) {
    return new SubmittedToken(null, null, null, false, client, FieldKinds.NONE);
  }

  /**
   * Returns the token of a request that lacks a required one. When the form is submitted again from
   * the conflict page, it is checked like one with an unknown token.
   */
  public static SubmittedToken missing(ClientIdentity client) {
    return sent(null, client, FieldKinds.NONE);
  }

  /** Returns the token of a form that is stored in the session. */
  static SubmittedToken remembered(StoredForm form, ClientIdentity client) {
    return new SubmittedToken(form.token, form, null, false, client, FieldKinds.NONE);
  }

  /** Returns whether the token is in the request itself; otherwise it is stored in the session. */
  public boolean isSent() {
    return sent;
  }

  /** Returns whether the form was served to the client that submits it. */
  public boolean isValid() {
    return token != null;
  }

  /**
   * Returns text that identifies the form on its page; null when the request does not contain it.
   */
  public @Nullable String id() {
    return sent && token != null ? token.once() : null;
  }

  /** Returns path and query of the page with the form; null when that is not known. */
  public @Nullable String page() {
    return base == null || base.page.isEmpty() ? null : base.page;
  }

  /** Returns whether the page showed the stored values, and not the entered ones. */
  public boolean isOfStoredState() {
    return base != null && base.stored;
  }

  /** Returns when its page began, in milliseconds since 1970; -1 if that is not known. */
  public long pageTime() {
    return token == null || token.time < 0 ? -1 : WriteCounters.millisOf(token.time);
  }

  /** Returns whether the request has a token that is bound to the session or user of its page. */
  public boolean isBound() {
    return sent && token != null && (token.owner != 0 || token.user != 0);
  }

  /** Returns the form as it was shown; null when that is not known. */
  public @Nullable FormSnapshot shown() {
    return base == null ? null : base.snapshot;
  }

  /** Returns the client that has submitted the form. */
  ClientIdentity client() {
    return client;
  }

  /** Returns the seal that computed the numbers in {@link #base}; null for the newest secret. */
  @Nullable TokenSeal seal() {
    return seal;
  }

  /** Returns the token; null when it was not issued here, or was issued to another client. */
  @Nullable FormToken token() {
    return token;
  }

  /** Returns the kinds of the form's fields, if the token contains them. */
  FieldKinds kinds() {
    return kinds;
  }

  /** Returns the form as it was shown; null when that is not known. */
  @Nullable StoredForm base() {
    return base;
  }
}
