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
 * What a session remembers of the forms that were shown in it, the newest ones alone. It is kept as
 * lists and arrays of text: a session that is written to disk, or moved to another node, needs no
 * class of ours to come back.
 *
 * <p>It belongs to one user of the session: with another user or another id the session begins an
 * empty memory under another name, and what a login of the application's own ends are the values.
 *
 * <p>Nobody's session is created for this. Two requests of one session that remember at the same
 * moment on different nodes may lose one of the two, which costs a refusal at most.
 */
final class SessionFormStore {

  /** The name of the session's attribute. */
  static final String ATTRIBUTE = "io.github.conflictguard.forms";

  /** Where the first entry has those for whom the rest is kept. */
  private static final int HOLDER = 1;

  private static final int VIEWER = 2;

  private static final int MOST_FORMS = 24;
  private static final int MOST_CHARACTERS = 96 * 1024;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** By the id of the session: containers do not promise to give the same object twice. */
  private static final Object[] LOCKS = new Object[64];

  static {
    Arrays.setAll(LOCKS, i -> new Object());
  }

  private SessionFormStore() {}

  /**
   * Returns a name of this session, which is another one for every user and every id that it has.
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
        // Another object, because replication compares; and a new one, because others read the old.
        session.setAttribute(ATTRIBUTE, bounded(all));
      }
    } catch (IllegalStateException e) {
      // The session has ended: there is nothing to be remembered.
    }
  }

  /** Forgets what the session remembers, unless it was shown to this client. */
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

  /** The newest form that was shown to this client and passes; null when none does. */
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
    String[] first = known.get(0);
    return first.length == VIEWER + 1 && !Arrays.asList(first).contains(null) ? known : null;
  }
}
