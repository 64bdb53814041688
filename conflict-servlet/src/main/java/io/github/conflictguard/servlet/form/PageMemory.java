package io.github.conflictguard.servlet.form;

import jakarta.servlet.http.HttpSession;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a session remembers of the forms that were shown in it, the newest ones alone. It is kept as
 * lists and arrays of text: a session that is written to disk, or moved to another node, needs no
 * class of ours to come back.
 *
 * <p>Nobody's session is created for this. Two requests of one session that remember at the same
 * moment on different nodes may lose one of the two, which costs a refusal at most.
 */
final class PageMemory {

  /** The name of the session's attribute. */
  static final String ATTRIBUTE = "io.github.conflictguard.forms";

  private static final int MOST_FORMS = 24;
  private static final int MOST_CHARACTERS = 96 * 1024;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** By the id of the session: containers do not promise to give the same object twice. */
  private static final Object[] LOCKS = new Object[64];

  static {
    Arrays.setAll(LOCKS, i -> new Object());
  }

  private PageMemory() {}

  /** A name of this session that stays when its id changes; null when it has ended. */
  static @Nullable String nameOf(HttpSession session) {
    try {
      synchronized (lockOf(session)) {
        List<String[]> known = read(session);
        if (known == null) {
          known = new ArrayList<>();
          known.add(new String[] {Long.toHexString(RANDOM.nextLong())});
          session.setAttribute(ATTRIBUTE, known);
        }
        return known.get(0)[0];
      }
    } catch (IllegalStateException e) {
      return null;
    }
  }

  static void remember(HttpSession session, List<RememberedForm> shown) {
    try {
      synchronized (lockOf(session)) {
        String name = nameOf(session);
        List<String[]> known = read(session);
        if (name == null || known == null) {
          return;
        }
        List<String[]> all = new ArrayList<>();
        all.add(known.get(0));
        shown.forEach(form -> all.add(form.toText()));
        all.addAll(known.subList(1, known.size()));
        // Another object, because replication compares; and a new one, because others read the old.
        session.setAttribute(ATTRIBUTE, bounded(all));
      }
    } catch (IllegalStateException e) {
      // The session has ended: there is nothing to be remembered.
    }
  }

  /** The newest form that passes; null when none does. */
  static @Nullable RememberedForm find(
      @Nullable HttpSession session, Predicate<RememberedForm> wanted) {
    try {
      List<String[]> known = session == null ? null : read(session);
      for (int i = 1; known != null && i < known.size(); i++) {
        RememberedForm form = RememberedForm.of(known.get(i));
        if (form != null && wanted.test(form)) {
          return form;
        }
      }
    } catch (IllegalStateException e) {
      // As above.
    }
    return null;
  }

  private static Object lockOf(HttpSession session) {
    return LOCKS[String.valueOf(session.getId()).hashCode() & (LOCKS.length - 1)];
  }

  private static List<String[]> bounded(List<String[]> all) {
    int characters = 0;
    int count = 0;
    while (count < all.size() && count <= MOST_FORMS) {
      for (String text : all.get(count)) {
        characters += text.length();
      }
      if (characters > MOST_CHARACTERS && count > 0) {
        break;
      }
      count++;
    }
    return new ArrayList<>(all.subList(0, count));
  }

  /** Null for what another version of this may have left. */
  private static @Nullable List<String[]> read(HttpSession session) {
    Object value = session.getAttribute(ATTRIBUTE);
    if (!(value instanceof List) || ((List<?>) value).isEmpty()) {
      return null;
    }
    List<String[]> known = new ArrayList<>();
    for (Object each : (List<?>) value) {
      if (!(each instanceof String[]) || ((String[]) each).length == 0) {
        return null;
      }
      known.add((String[]) each);
    }
    return known;
  }
}
