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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Issues tokens and accepts them: for the session and user that they were issued to, for one rule,
 * and for one record. Safe for use by several threads.
 */
final class FormTokens {

  /** The first one seals, all of them open. */
  private final List<TokenSeal> seals;

  /**
   * Begins.
   *
   * @param secrets the newest first; empty for one of this start of the application
   */
  FormTokens(List<String> secrets) {
    this(secrets, false);
  }

  private FormTokens(List<String> secrets, boolean counting) {
    List<TokenSeal> all = new ArrayList<>();
    if (counting) {
      all.add(TokenSeal.forCounts());
    }
    secrets.forEach(secret -> all.add(TokenSeal.of(secret)));
    this.seals = all.isEmpty() ? Collections.singletonList(TokenSeal.ofThisStart()) : all;
  }

  /** Returns those of pages that carry none, and are only counted. */
  static FormTokens forCounts() {
    return new FormTokens(Collections.emptyList(), true);
  }

  /** Makes a token for the client of a request. */
  FormToken issue(
      HttpServletRequest request, PageView origin, short form, @Nullable Rule rule, long key) {
    String user = ClientIdentity.principalOf(request);
    String owner = ownerOf(request);
    return new FormToken(
        origin.page,
        form,
        owner == null ? 0 : seal().numberOf(owner),
        user == null ? 0 : seal().numberOf("user " + user),
        rule == null ? origin.rule : numberOf(rule),
        key,
        origin.epoch,
        origin.time,
        key == origin.key ? origin.tag : null);
  }

  /** Makes a token that is bound to no client, and never leaves the server. */
  FormToken issueUnbound(PageView origin, short form, @Nullable Rule rule, long key) {
    return new FormToken(
        origin.page,
        form,
        0,
        0,
        rule == null ? origin.rule : numberOf(rule),
        key,
        origin.epoch,
        origin.time,
        key == origin.key ? origin.tag : null);
  }

  String sealed(FormToken token) {
    return seal().seal(token);
  }

  /**
   * Opens a token.
   *
   * @param guess the rule that a page would take for that of the request, without its fields; null
   *     when there is none
   * @param bases finds the form that was remembered with the token, if there is one
   * @return null when it was not issued here, to another client, or for another record
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

  /** Returns the kinds of fields that a token of this application names, whoever got it. */
  FieldKinds kindsIn(String text) {
    for (TokenSeal seal : seals) {
      FormToken token = seal.open(text);
      if (token != null) {
        return token.kinds;
      }
    }
    return FieldKinds.NONE;
  }

  /** A number for a record under the rule of a request. */
  long numberOf(RuleMatch target) {
    return numberOf(seal(), target);
  }

  long numberOf(Rule rule) {
    return numberOf(seal(), rule);
  }

  /** A number for the form of a record. */
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

  /** The same token with the numbers that the newest secret gives to what it names. */
  private FormToken renewed(
      FormToken token, HttpServletRequest request, RuleMatch target, long key) {
    Rule rule = target.rule();
    String owner = token.owner == 0 ? null : ownerOf(request);
    String user = token.user == 0 ? null : ClientIdentity.principalOf(request);
    return new FormToken(
            token.page,
            token.form,
            owner == null ? 0 : seal().numberOf(owner),
            user == null ? 0 : seal().numberOf("user " + user),
            rule == null ? 0 : numberOf(rule),
            numberOf(target),
            token.epoch,
            token.time,
            // That of another record to which the form leads by a button says nothing of this one.
            token.key == 0 || token.key == key ? token.tag : null)
        .of(Collections.emptyList(), token.kinds);
  }

  /**
   * A user may have another session by now. Without a user it is the session, as long as neither
   * its id nor its user has changed.
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

  /** The session, or else what the client authorises itself by; null when it has neither. */
  private static @Nullable String ownerOf(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      return SessionFormStore.nameOf(session, ClientIdentity.holderOf(request, session));
    }
    String authorization = request.getHeader("Authorization");
    return authorization == null ? null : "authorization " + authorization;
  }

  /** Where remembered forms are. */
  interface Bases {

    /** The newest form with this token that passes; null when none does. */
    @Nullable StoredForm find(FormToken token, Predicate<StoredForm> wanted);
  }

  /** A token that is accepted. Immutable. */
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
