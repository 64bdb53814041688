package io.github.conflictguard.servlet.form;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.FormStartTag;
import io.github.conflictguard.servlet.fields.FieldKinds;
import io.github.conflictguard.servlet.fields.SubmittedFields;
import io.github.conflictguard.servlet.formdata.QueryParameters;
import io.github.conflictguard.servlet.request.LocalAddress;
import io.github.conflictguard.servlet.request.SentAddress;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.rule.TagSpec;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stale form and its details. Not thread-safe. */
final class StaleSubmission {

  /** A token that belongs to no page. */
  private static final String NO_TOKEN = "-";

  private static final Set<TagSpec.Source> NOT_JUDGED =
      EnumSet.of(TagSpec.Source.APPLICATION, TagSpec.Source.NATIVE, TagSpec.Source.NONE);

  private static final int MOST_VALUES = 2000;
  private static final int MOST_CHARACTERS = 512 * 1024;
  private static final int MOST_OPTIONS = 20_000;

  private final Forms forms;
  private final FormTokens tokens;
  private final Freshness freshness;
  private final SubmittedToken carried;
  private final @Nullable StoredForm base;
  private final RuleMatch target;
  private final HttpServletRequest request;
  private final boolean shown;
  private final FormConflict.Remains remains;

  /**
   * Creates a submission.
   *
   * @param shown see {@link Forms#conflict}
   * @param remains see {@link Forms#conflict}
   */
  StaleSubmission(
      Forms forms,
      SubmittedToken carried,
      RuleMatch target,
      HttpServletRequest request,
      boolean shown,
      FormConflict.Remains remains) {
    this.forms = forms;
    this.tokens = forms.tokens();
    this.freshness = forms.freshness();
    this.carried = carried;
    this.base = shown ? carried.base() : null;
    this.shown = shown;
    this.remains = remains;
    this.target = target;
    this.request = request;
  }

  /** See {@link Forms#conflict}. */
  @Nullable FormConflict conflict(@Nullable PageView now, @Nullable FormSnapshot current)
      throws IOException {
    StoredForm served = carried.base();
    Charset charset = served == null ? null : served.snapshot.charset();
    Map<String, List<String>> sent = SubmittedFields.of(request, charset);
    if (sent == null || isTooMuch(sent)) {
      return null;
    }
    StoredForm newer =
        current == null && shown && remains == FormConflict.Remains.RECORD ? newest() : null;
    FormSnapshot compared = newer == null ? current : newer.snapshot;
    if (isTooMuch(compared, sent) || (base != null && isTooMuch(base.snapshot, sent))) {
      return null;
    }
    String token =
        now != null && current != null
            ? issue(now, current)
            : newer == null ? carriedText() : tokens.sealed(newer.token);
    boolean multipart = SubmittedFields.type(request).startsWith(FormStartTag.MULTIPART);
    FormConflict.Again again =
        new FormConflict.Again(
            address(multipart ? token : null),
            multipart ? FormStartTag.MULTIPART : FormStartTag.URLENCODED);
    again.charset = charset;
    again.token = multipart ? null : token;
    again.page = page();
    again.typing =
        QueryParameters.parse(SentAddress.query(request)).containsKey(SubmittedToken.TYPE);
    return new FormConflict(
        base == null || base.snapshot.fields().isEmpty() ? null : base.snapshot,
        compared,
        sent,
        freshness.ignoredBy(target),
        carried.kinds(),
        again,
        remains);
  }

  /**
   * Returns whether the submission is too large for a page that users read and browsers submit
   * again.
   */
  private static boolean isTooMuch(Map<String, List<String>> sent) {
    long values = 0;
    long characters = 0;
    for (Map.Entry<String, List<String>> field : sent.entrySet()) {
      for (String value : field.getValue()) {
        values++;
        characters += field.getKey().length() + value.length();
      }
    }
    return values > MOST_VALUES || characters > MOST_CHARACTERS;
  }

  /**
   * Returns whether the lists are too large. Each is shown with all its options, once for each
   * submitted value.
   */
  private static boolean isTooMuch(@Nullable FormSnapshot form, Map<String, List<String>> sent) {
    long values = 0;
    long characters = 0;
    long options = 0;
    for (FormField field : form == null ? Collections.<FormField>emptyList() : form.fields()) {
      int ofName = sent.getOrDefault(field.name(), Collections.emptyList()).size();
      int shown = Math.max(1, Math.max(ofName, field.values().size()));
      values += shown;
      options += (long) field.options().size() * (field.kind() == FieldKind.SELECT_ONE ? shown : 1);
      for (String value : field.values()) {
        characters += value.length();
      }
    }
    return values > MOST_VALUES || characters > MOST_CHARACTERS || options > MOST_OPTIONS;
  }

  /**
   * Returns the most recent form of the record that was shown in this session, if it is still
   * current. A page from which a write has come shows the state before.
   */
  private @Nullable StoredForm newest() {
    long key = tokens.numberOf(target);
    return SessionFormStore.find(
        request.getSession(false),
        carried.client(),
        form ->
            form.token.key == key
                && form.stored
                && (base == null || base.form == form.form)
                && !freshness.wasSavedFrom(form.token, target)
                && freshness.isByTime(carried.client(), form.token, target));
  }

  private @Nullable String carriedText() {
    FormToken token = carried.token();
    if (token != null) {
      return tokens.sealed(token);
    }
    if (NOT_JUDGED.contains(Freshness.source(target))) {
      // Nothing is compared in this case, and the user submits the form again.
      return tokens.sealed(
          tokens.issue(
              request,
              forms.begin(target, null, null),
              (short) 0,
              target.rule(),
              tokens.numberOf(target)));
    }
    // A page that is shown in the session later is compared with it, and does not replace it.
    boolean again = carried.isSent() && request.getSession(false) != null && page() != null;
    return again ? NO_TOKEN : null;
  }

  /** Returns the page of the form; if that is no longer stored, the page that the rule reads. */
  private @Nullable String page() {
    String page = base == null || base.page.isEmpty() ? null : base.page;
    if (page == null) {
      String read = target.readTarget(null);
      page = read == null ? null : request.getServletContext().getContextPath() + read;
    }
    return LocalAddress.isLocal(page) ? page : null;
  }

  /** Issues a token for the conflict page, which shows the current state like any other page. */
  private String issue(PageView now, FormSnapshot current) {
    long key = tokens.numberOf(target);
    FormToken token =
        tokens
            .issue(request, now, (short) 0, target.rule(), key)
            .of(Collections.emptyList(), FieldKinds.of(current));
    forms
        .store()
        .remember(
            request,
            carried.client(),
            Collections.singletonList(
                new StoredForm(
                    token,
                    base == null ? tokens.numberOf(key, current) : base.form,
                    base == null ? "" : base.page,
                    true,
                    StoredForm.outlineOf(current))));
    return tokens.sealed(token);
  }

  /** Returns the address of the request, without parameters of the filter. */
  private String address(@Nullable String token) {
    StringBuilder address = new StringBuilder(LocalAddress.pathOf(request));
    String query = SentAddress.query(request);
    char divider = '?';
    for (String pair : query == null ? new String[0] : LocalAddress.escaped(query).split("&", -1)) {
      if (!pair.startsWith(SubmittedToken.NAME)) {
        address.append(divider).append(pair);
        divider = '&';
      }
    }
    if (token != null) {
      address.append(divider).append(SubmittedToken.NAME).append('=').append(token);
    }
    return address.toString();
  }
}
