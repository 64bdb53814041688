package io.github.conflictguard.servlet.client;

import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Modifier;
import java.security.Principal;
import java.util.Collections;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The login that an application keeps in its session itself, where the container is told of no
 * user: attributes that are named like one. A guess, and used for nothing but caution: a change
 * ends what is remembered, and no change proves nothing.
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

  /** What tells one user from another, the most telling first. */
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
   * @return null when the session names none
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

  /** An application's getter may fail in any way, and then tells nothing. */
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
        // Not by this one.
      }
    }
    return null;
  }
}
