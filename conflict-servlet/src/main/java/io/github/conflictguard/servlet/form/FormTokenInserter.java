package io.github.conflictguard.servlet.form;

import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.FormStartTag;
import io.github.conflictguard.html.HtmlForms;
import io.github.conflictguard.html.LinkTarget;
import io.github.conflictguard.servlet.fields.FieldKinds;
import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.request.PageRequest;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import io.github.conflictguard.servlet.rule.FormSpec;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.unread.PageEnd;
import io.github.conflictguard.servlet.unread.PageRecorder;
import io.github.conflictguard.servlet.unread.UnreadPages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A page that is being served, with the tokens of its forms. Not thread-safe. */
final class FormTokenInserter {

  private static final int MOST_LINKS = 256;

  private final FormTokens issuer;
  private final FormTargets targets;
  private final FormStore store;
  private final HttpServletRequest request;
  private final PageView origin;
  private final PageUrl address;
  private final @Nullable PageEnd end;
  private final Map<Integer, FormToken> tokens = new HashMap<>();
  private final List<StoredForm> observedLinks = new ArrayList<>();
  private int links;

  /**
   * Creates a page.
   *
   * @param end the end of a page that was served before; null for one that is being served
   */
  FormTokenInserter(
      Forms forms,
      HttpServletRequest request,
      PageView origin,
      PageUrl address,
      @Nullable PageEnd end) {
    this.end = end;
    this.address = address;
    this.issuer = forms.tokens();
    this.targets = forms.targets();
    this.store = forms.store();
    this.request = request;
    this.origin = origin;
  }

  /**
   * Returns a rewriter that inserts tokens into the response, if it is a page, or keeps it for
   * later, if its forms are only counted.
   */
  static BodyRewriter.Choice choice(Forms forms, HttpServletRequest request, PageView origin) {
    PageUrl address = new PageUrl(request);
    HttpServletRequest page = new PageRequest(request);
    return (response, units) -> {
      String type = typeOf(response);
      boolean xml = type.equals("application/xhtml+xml");
      if (!(xml || type.equals("text/html")) || !isPlain(response)) {
        return null;
      }
      UnreadPages unread = forms.store().unread();
      if (unread == null) {
        return FormRewriter.of(
            units, xml, new FormTokenInserter(forms, page, origin, address, null));
      }
      return request.getMethod().equals("HEAD")
          ? null
          : new PageRecorder(
              unread, new ObservedPage.Body(forms, page, origin, address, units, xml, null));
    };
  }

  private static boolean isPlain(HttpServletResponse response) {
    String encoding = response.getHeader("Content-Encoding");
    return (encoding == null || encoding.equalsIgnoreCase("identity"))
        && response.getHeader("Content-Range") == null;
  }

  private static String typeOf(HttpServletResponse response) {
    String type = response.getContentType();
    return type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
  }

  /** Returns the query of the page; null when it has none. */
  @Nullable String query() {
    return address.query;
  }

  /**
   * Returns the prefix that turns a query into an address of the page itself: empty, unless the
   * page has another base.
   *
   * @return null when the base is on another server, so that no path leads to the page
   */
  @Nullable String pathUnder(@Nullable String base) {
    if (base == null) {
      return "";
    }
    return isElsewhere(null, base) ? null : address.path();
  }

  /** Returns whether an address leads to another server, or may do so in some browser. */
  boolean isElsewhere(@Nullable String base, String other) {
    return LinkTarget.of(address.whole(), base, other) == null;
  }

  /**
   * Returns where the token of a form is inserted: in the query of its action, or in a field at its
   * end; null when it gets no token.
   */
  FormSpec.@Nullable TokenPlace placeOf(FormSnapshot start) {
    Rule rule = ruleOf(start);
    FormSpec spec = rule == null ? null : rule.forms();
    if (spec == null) {
      return null;
    }
    // Multipart bodies are parsed by the container alone, which cannot restore what was read
    // before.
    return start.enctype().equals(FormStartTag.MULTIPART)
        ? FormSpec.TokenPlace.QUERY
        : spec.tokenIn();
  }

  /** Records that a form contains the token that the application has inserted. */
  void placed(int index) {
    tokens.put(index, issuer.issuePlaced(request, origin));
  }

  /**
   * Returns whether the forms are recorded for counts alone, so that no names of fields are needed.
   */
  boolean isForCounts() {
    return store.isObserving();
  }

  /** Returns whether any link can be a write. */
  boolean mayHaveLinks() {
    return targets.haveLinks();
  }

  /** Returns the parameter for a link that is a write; null for every other link. */
  @Nullable String parameterOfLink(@Nullable String base, String href) {
    String target = LinkTarget.of(address.whole(), base, href);
    RequestView facts =
        target == null || href.trim().startsWith("#") || (base != null && href.trim().isEmpty())
            ? null
            : RequestView.ofForm(request, "GET", target, null);
    Rule rule = facts == null ? null : targets.ruleOf(facts);
    FormSpec spec = rule == null ? null : rule.forms();
    if (facts == null || spec == null || !spec.areLinksCarried()) {
      return null;
    }
    Long key = targets.numberOf(facts);
    short number = (short) -(2 + links++);
    FormToken token = issuer.issue(request, origin, number, rule, key == null ? 0 : key);
    if (store.isObserving() && key != null && observedLinks.size() < MOST_LINKS) {
      FormSnapshot nothing = HtmlForms.of(Collections.emptyList(), null);
      observedLinks.add(new StoredForm(token, 0, address.local(), true, nothing));
    }
    return SubmittedToken.NAME + '=' + issuer.sealed(token);
  }

  /**
   * Returns the token of a form, as {@code name=value}.
   *
   * @param index zero-based index of the form on the page
   * @param form with all its fields, or without any if they are not known yet
   */
  String parameter(int index, FormSnapshot form, boolean fieldsKnown) {
    Rule rule = ruleOf(form);
    FormToken token =
        fieldsKnown
            ? issue((short) index, rule, form)
            : issuer.issue(request, origin, (short) index, rule, 0);
    tokens.put(index, token);
    return SubmittedToken.NAME + '=' + issuer.sealed(token);
  }

  /** Issues the token of a complete form, for each of its buttons. */
  private FormToken issue(short index, @Nullable Rule rule, FormSnapshot form) {
    Set<Long> keys = targets.of(request, form, address.whole()).keySet();
    long key = keys.isEmpty() ? 0 : keys.iterator().next();
    return issuer.issue(request, origin, index, rule, key).of(keys, FieldKinds.of(form));
  }

  /**
   * Returns the token for a button with its own address or method.
   *
   * @param index zero-based index of its form on the page
   * @param target path and query to which it submits; null when it submits to another server
   * @return null when it does not submit a write of a rule with forms
   */
  @Nullable String parameterOfButton(int index, @Nullable String target) {
    RequestView facts = target == null ? null : RequestView.ofForm(request, "POST", target, null);
    Rule rule = facts == null ? null : targets.ruleOf(facts);
    if (rule == null || rule.forms() == null) {
      return null;
    }
    FormToken token = issuer.issue(request, origin, (short) index, rule, 0);
    tokens.putIfAbsent(index, token);
    return SubmittedToken.NAME + '=' + issuer.sealed(token);
  }

  /** Returns the address of the page, with its server. */
  String whole() {
    return address.whole();
  }

  /**
   * Records the forms of a page that has been served completely. The response to HEAD is not shown
   * to the user.
   *
   * @param all its forms; null when they could not be parsed to the end
   */
  void finished(@Nullable List<FormSnapshot> all) {
    if (all == null || request.getMethod().equals("HEAD")) {
      return;
    }
    PageEnd served = end;
    List<StoredForm> shown = new ArrayList<>(observedLinks);
    for (int i = 0; i < all.size(); i++) {
      FormSnapshot form = all.get(i);
      FormToken token = tokens.get(i);
      if (token != null || form.isPosted()) {
        served = served == null ? store.endOf(request) : served;
        // A form without a token is checked against the forms stored in the session.
        FormToken known = token == null ? issuer.issue(request, origin, (short) i, null, 0) : token;
        shown.addAll(store.served(request, served, form, known, origin, address));
      }
    }
    if (!shown.isEmpty()) {
      PageEnd at = served == null ? store.endOf(request) : served;
      store.remember(request, at.client, shown);
    }
  }

  private @Nullable Rule ruleOf(FormSnapshot form) {
    String target = form.method().equals("POST") ? form.target(address.whole()) : null;
    RequestView facts = target == null ? null : RequestView.ofForm(request, "POST", target, null);
    return facts == null ? null : targets.ruleOf(facts);
  }
}
