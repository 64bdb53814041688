package io.github.conflictguard.servlet.form;

import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.fields.FieldKinds;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.rule.RuleMatch;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Issues and accepts tokens, each for one session and user, one rule and one record. Thread-safe.
 */
final class FormTokens {

  /** The index of a form where the application has inserted the token. */
  private static final short PLACED = -1;

  /** The first one seals; each of them opens. */
  private final List<TokenSeal> seals;

  private final boolean counting;
  private final Map<Rule, Long> numbersOfRules = new ConcurrentHashMap<>();

  /**
   * Creates the tokens of an application.
   *
   * @param secrets the newest first; if empty, a random secret is used until the application stops
   */
  FormTokens(List<String> secrets) {
    this(secrets, false);
  }

  private FormTokens(List<String> secrets, boolean counting) {
    this.counting = counting;
    List<TokenSeal> all = new ArrayList<>();
    if (counting) {
      all.add(TokenSeal.forCounts());
    }
    secrets.forEach(secret -> all.add(TokenSeal.of(secret)));
    this.seals = all.isEmpty() ? Collections.singletonList(TokenSeal.ofThisStart()) : all;
  }

  /** Returns tokens for pages that carry none, and whose forms are only counted. */
  static FormTokens forCounts() {
    return new FormTokens(Collections.emptyList(), true);
  }

  /**
   * Issues a token for the client of a request. Where forms are only counted, it is not bound to a
   * client, and never leaves the server.
   */
  FormToken issue(
      HttpServletRequest request, PageView origin, short form, @Nullable Rule rule, long key) {
    String user = counting ? null : ClientIdentity.principalOf(request);
    String owner = counting ? null : ownerOf(request);
    return FormToken.builder(origin.page, form)
        .shownTo(
            owner == null ? 0 : seal().numberOf(owner),
            user == null ? 0 : seal().numberOf("user " + user))
        .target(rule == null ? origin.rule : numberOf(rule), key)
        .at(origin.epoch, origin.time)
        .tag(key == origin.key ? origin.tag : null)
        .build();
  }

  /** Issues the token that the application itself inserts into the form of the page's record. */
  FormToken issuePlaced(HttpServletRequest request, PageView origin) {
    return issue(request, origin, PLACED, null, origin.key);
  }

  /** Returns the text of a token; empty where no token leaves the server. */
  String sealed(FormToken token) {
    return counting ? "" : seal().seal(token);
  }

  /**
   * Opens a token.
   *
   * @param guess the rule that a page would assume for the request, without its fields; null when
   *     there is none
   * @param bases finds the form that was stored with the token, if there is one
   * @return null when it was not issued here, or was issued to another client or for another record
   */
  @Nullable Opened open(
      String text,
      HttpServletRequest request,
      RuleMatch target,
      @Nullable Rule guess,
      Bases bases) {
    for (TokenSeal seal : seals) {
      FormToken token = seal.open(text);
      if (token != null) {
        if (!isIssuedTo(request, token, seal)) {
          return null;
        }
        long key = numberOf(seal, target);
        StoredForm base = bases.find(token, form -> form.token.key == key);
        boolean known = base != null || bases.find(token, form -> true) != null;
        boolean accepted =
            base != null
                || token.isAbout(key)
                || (token.key == 0
                    && !known
                    && guess != null
                    && token.rule == numberOf(seal, guess));
        return accepted ? new Opened(renewed(token, request, target, key), base, seal) : null;
      }
    }
    return null;
  }

  /**
   * Returns the kinds of fields in a token of this application, whichever client it was issued to.
   */
  FieldKinds kindsIn(String text) {
    for (TokenSeal seal : seals) {
      FormToken token = seal.open(text);
      if (token != null) {
        return token.kinds;
      }
    }
    return FieldKinds.NONE;
  }

  /** Returns the number of a record under the rule of a request. */
  long numberOf(RuleMatch target) {
    return numberOf(seal(), target);
  }

  long numberOf(Rule rule) {
    return numbersOfRules.computeIfAbsent(rule, any -> numberOf(seal(), rule));
  }

  /** Returns the number of the form of a record. */
  long numberOf(long key, FormSnapshot form) {
    return numberOf(seal(), key, form);
  }

  static long numberOf(TokenSeal seal, long key, FormSnapshot form) {
    String action = form.action().replaceAll("[?;].*", "");
    return seal.numberOf(key + " " + action + ' ' + form.id() + ' ' + form.name());
  }

  static long numberOf(TokenSeal seal, RuleMatch target) {
    Rule rule = target.rule();
    return seal.numberOf((rule == null ? "" : rule.name()) + "\n" + target.key());
  }

  private static long numberOf(TokenSeal seal, Rule rule) {
    return seal.numberOf("rule " + rule.name());
  }

  private TokenSeal seal() {
    return seals.get(0);
  }

  /** Returns the token with numbers that are computed with the newest secret. */
  private FormToken renewed(
      FormToken token, HttpServletRequest request, RuleMatch target, long key) {
    Rule rule = target.rule();
    String owner = token.owner == 0 ? null : ownerOf(request);
    String user = token.user == 0 ? null : ClientIdentity.principalOf(request);
    return FormToken.builder(token.page, token.form)
        .shownTo(
            owner == null ? 0 : seal().numberOf(owner),
            user == null ? 0 : seal().numberOf("user " + user))
        .target(rule == null ? 0 : numberOf(rule), numberOf(target))
        .at(token.epoch, token.time)
        // The tag is of another record if the form reaches this one by a button.
        .tag(token.key == 0 || token.key == key ? token.tag : null)
        .build()
        .of(Collections.emptyList(), token.kinds);
  }

  /**
   * Returns whether the token was issued to the client of the request. A user may have another
   * session by now. Without a user the session must be the same, with neither id nor user changed.
   */
  private static boolean isIssuedTo(HttpServletRequest request, FormToken token, TokenSeal seal) {
    if (token.user != 0) {
      String user = ClientIdentity.principalOf(request);
      return user != null && token.user == seal.numberOf("user " + user);
    }
    if (token.owner != 0) {
      String owner = ownerOf(request);
      return owner != null && token.owner == seal.numberOf(owner);
    }
    return true;
  }

  /**
   * Returns the session, or the credentials of a client without a session; null when it has
   * neither.
   */
  private static @Nullable String ownerOf(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      return SessionFormStore.nameOf(session, ClientIdentity.holderOf(request, session));
    }
    String authorization = request.getHeader("Authorization");
    return authorization == null ? null : "authorization " + authorization;
  }

  /** A lookup of stored forms. */
  interface Bases {

    /**
     * Returns the most recent form with this token that matches the predicate; null when there is
     * none.
     */
    @Nullable StoredForm find(FormToken token, Predicate<StoredForm> wanted);
  }

  /** An accepted token. Immutable. */
  static final class Opened {

    final FormToken token;
    final @Nullable StoredForm base;
    final TokenSeal seal;

    Opened(FormToken token, @Nullable StoredForm base, TokenSeal seal) {
      this.token = token;
      this.base = base;
      this.seal = seal;
    }
  }
}
