package io.github.conflictguard.servlet.form;

import io.github.conflictguard.servlet.client.ClientIdentity;
import jakarta.servlet.http.HttpSession;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The most recent forms that were shown in a session. They are stored as lists and arrays of
 * strings, so that a session that is persisted or replicated to another node can be deserialized
 * without classes of this library.
 *
 * <p>The content belongs to one user of the session. For another user or another session id, a new
 * memory is started under another name. A change of a login that the application manages itself
 * discards the values.
 *
 * <p>No session is created for this purpose. If two requests of one session store forms at the same
 * time on different nodes, one of them may be lost, which can only cause a refusal.
 */
final class SessionFormStore {

  /** The name of the session attribute. */
  static final String ATTRIBUTE = "io.github.conflictguard.forms";

  /** The index in the first entry of the session and user to which the other entries belong. */
  private static final int HOLDER = 1;

  private static final int VIEWER = 2;

  private static final int MOST_FORMS = 24;
  private static final int MOST_CHARACTERS = 96 * 1024;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Locks by session id: containers do not guarantee the same session object for each call. */
  private static final Object[] LOCKS = new Object[64];

  static {
    Arrays.setAll(LOCKS, i -> new Object());
  }

  private SessionFormStore() {}

  /**
   * Returns a name of the session that differs for every user and every id of the session.
   *
   * @param holder session and user, see {@link ClientIdentity#holder}
   * @return null when the session has ended
   */
  static @Nullable String nameOf(HttpSession session, String holder) {
    try {
      synchronized (lockOf(session)) {
        List<String[]> known = read(session);
        if (known == null || !known.get(0)[HOLDER].equals(holder)) {
          known = new ArrayList<>();
          known.add(new String[] {Long.toHexString(RANDOM.nextLong()), holder, ""});
          session.setAttribute(ATTRIBUTE, known);
        }
        return known.get(0)[0];
      }
    } catch (IllegalStateException e) {
      return null;
    }
  }

  static void remember(HttpSession session, ClientIdentity client, List<StoredForm> shown) {
    try {
      synchronized (lockOf(session)) {
        String name = nameOf(session, client.holder());
        List<String[]> known = read(session);
        if (name == null || known == null) {
          return;
        }
        List<String[]> all = new ArrayList<>();
        all.add(new String[] {name, client.holder(), client.viewer()});
        shown.forEach(form -> all.add(form.toText()));
        if (isOf(known, client)) {
          all.addAll(known.subList(1, known.size()));
        }
        // A new list: replication compares objects, and other threads read the old one.
        session.setAttribute(ATTRIBUTE, bounded(all));
      }
    } catch (IllegalStateException e) {
      // The session has ended, so nothing is stored.
    }
  }

  /** Removes the content of the session, unless it was shown to this client. */
  static void keepFor(HttpSession session, ClientIdentity client) {
    try {
      synchronized (lockOf(session)) {
        List<String[]> known = read(session);
        if (known != null && known.size() > 1 && !isOf(known, client)) {
          remember(session, client, new ArrayList<>());
        }
      }
    } catch (IllegalStateException e) {
      // As above.
    }
  }

  /**
   * Returns the most recent form that was shown to this client and matches the predicate; null when
   * there is none.
   */
  static @Nullable StoredForm find(
      @Nullable HttpSession session, ClientIdentity client, Predicate<StoredForm> wanted) {
    try {
      List<String[]> known = session == null ? null : read(session);
      if (known == null || !isOf(known, client)) {
        return null;
      }
      for (int i = 1; i < known.size(); i++) {
        StoredForm form = StoredForm.of(known.get(i));
        if (form != null && wanted.test(form)) {
          return form;
        }
      }
    } catch (IllegalStateException e) {
      // As above.
    }
    return null;
  }

  private static boolean isOf(List<String[]> known, ClientIdentity client) {
    return known.get(0)[VIEWER].equals(client.viewer());
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

  /** Returns the stored forms; null for a format of another version. */
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
    String[] first = known.get(0);
    return first.length == VIEWER + 1 && !Arrays.asList(first).contains(null) ? known : null;
  }
}
