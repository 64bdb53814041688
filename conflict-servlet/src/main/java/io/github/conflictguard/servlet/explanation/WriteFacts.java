package io.github.conflictguard.servlet.explanation;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.servlet.attribution.FieldDigests;
import io.github.conflictguard.servlet.form.SubmittedToken;
import io.github.conflictguard.servlet.rule.RuleMatch;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** What is known of a write, without reading anything for that purpose. Immutable. */
public final class WriteFacts {

  final HttpServletRequest request;
  final RuleMatch target;
  final @Nullable String rule;
  private final HttpServletRequest body;
  private final @Nullable SubmittedToken carried;
  private final @Nullable EntityTag sentTag;
  private final @Nullable HttpServletResponse internalGet;

  /**
   * Creates an instance.
   *
   * @param rule the name of the rule that applies; null for none
   * @param body the request whose body may have been read
   * @param carried the token of its form; null when it carries none
   * @param sentTag the tag on which it is based; null when it carries none
   * @param internalGet the response to an internal GET before the write; null for none
   */
  public WriteFacts(
      HttpServletRequest request,
      RuleMatch target,
      @Nullable String rule,
      HttpServletRequest body,
      @Nullable SubmittedToken carried,
      @Nullable EntityTag sentTag,
      @Nullable HttpServletResponse internalGet) {
    this.request = request;
    this.target = target;
    this.rule = rule;
    this.body = body;
    this.carried = carried;
    this.sentTag = sentTag;
    this.internalGet = internalGet;
  }

  String key() {
    return target.key().toString();
  }

  /** Returns when the page of its form began, in milliseconds since 1970; -1 if not known. */
  long pageTime() {
    return carried == null ? -1 : carried.pageTime();
  }

  /** Returns the tag that it has sent; null for none. */
  @Nullable EntityTag sentTag() {
    return sentTag;
  }

  /** Returns the fields that it has sent; null if they are not known. */
  @Nullable FieldDigests sent() {
    return KnownFields.sent(body, target, form());
  }

  /** Returns the fields of its form as it was shown; null if they are not known. */
  @Nullable FieldDigests shown() {
    FormSnapshot form = form();
    return form == null ? null : KnownFields.shown(form, target);
  }

  /** Returns the members of the state before it, as the application serves it to its sender. */
  @Nullable FieldDigests current() {
    return KnownFields.current(internalGet);
  }

  private @Nullable FormSnapshot form() {
    return carried == null ? null : carried.shown();
  }
}
