package io.github.conflictguard.servlet.client;

import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Modifier;
import java.security.Principal;
import java.util.Collections;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The login that an application stores in its session itself, without reporting a user to the
 * container: attributes whose names suggest a user. A heuristic that only increases caution: a
 * change discards stored data, and the absence of changes proves nothing.
 */
final class SessionLogin {

  private static final Pattern NAME =
      Pattern.compile(
          "(?:.*[._-])?(?:(?:current|logged_?in|session|auth|authenticated|login|remote)_?)?"
              + "(?:user|usr|principal|account|member|login)_?"
              + "(?:name|id|bean|dto|info|obj|object|context)?"
              // Spring Security and Shiro
              + "|SPRING_SECURITY_CONTEXT|.*_PRINCIPALS_SESSION_KEY",
          Pattern.CASE_INSENSITIVE);

  /** Getters that distinguish users, the most specific first. */
  private static final String[] GETTERS = {
    "getId",
    "getUserId",
    "getUsername",
    "getUserName",
    "getLogin",
    "getLoginName",
    "getEmail",
    "getName"
  };

  private static final String[] NESTED = {"getAuthentication", "getPrimaryPrincipal"};

  private SessionLogin() {}

  /**
   * Returns text that differs for different logins.
   *
   * @return null when the session contains none
   * @throws IllegalStateException when the session has ended
   */
  static @Nullable String of(HttpSession session) {
    TreeMap<String, String> found = new TreeMap<>();
    for (String name : Collections.list(session.getAttributeNames())) {
      Object value = NAME.matcher(name).matches() ? session.getAttribute(name) : null;
      if (value != null) {
        found.put(name, textOf(value));
      }
    }
    return found.isEmpty() ? null : found.toString();
  }

  private static String textOf(Object value) {
    if (isPlain(value)) {
      return String.valueOf(value);
    }
    Object nested = value instanceof Principal ? null : first(value, NESTED);
    Object holder = nested == null ? value : nested;
    if (isPlain(holder)) {
      return String.valueOf(holder);
    }
    Object told =
        holder instanceof Principal ? ((Principal) holder).getName() : first(holder, GETTERS);
    return holder.getClass().getName() + ' ' + (told != null && isPlain(told) ? told : "");
  }

  private static boolean isPlain(Object value) {
    return value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Enum
        || value instanceof java.util.UUID;
  }

  /**
   * Returns the result of the first getter that succeeds. An application's getter may fail in any
   * way, and is ignored then.
   */
  private static @Nullable Object first(Object bean, String[] getters) {
    for (String getter : getters) {
      try {
        if (Modifier.isPublic(bean.getClass().getModifiers())) {
          Object value = bean.getClass().getMethod(getter).invoke(bean);
          if (value != null) {
            return value;
          }
        }
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        // The next getter is tried.
      }
    }
    return null;
  }
}
