package io.github.conflictguard.servlet.form;

import io.github.conflictguard.servlet.client.BoundedMap;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.unread.SpareTime;
import io.github.conflictguard.servlet.unread.UnreadPages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The forms that pages have shown to each client, for counts alone: in mode {@code observe} a form
 * carries no token that identifies its page. Bounded, shared fairly between clients, and
 * thread-safe.
 */
final class ShownForms {

  /** The maximum number of forms of one record for one client. */
  static final int MOST_PAGES = 16;

  private static final int MOST_CHARACTERS = 4 * 1024 * 1024;
  private static final int SIZE_OF_ENTRY = 256;
  private static final int MOST_UNREAD_BYTES = 8 * 1024 * 1024;

  private final BoundedMap<String, List<ShownForm>> forms =
      new BoundedMap<>(MOST_CHARACTERS, ShownForms::lengthOf);

  private final UnreadPages unread;

  ShownForms() {
    this(new UnreadPages(MOST_UNREAD_BYTES, MOST_PAGES, new SpareTime(System::nanoTime)));
  }

  ShownForms(UnreadPages unread) {
    this.unread = unread;
  }

  /** Returns the pages whose forms are not known yet. */
  UnreadPages unread() {
    return unread;
  }

  synchronized void add(ClientIdentity client, List<StoredForm> shown) {
    for (StoredForm form : shown) {
      String name = name(client, form.token.key);
      List<ShownForm> all = new ArrayList<>();
      all.add(new ShownForm(form));
      all.addAll(known(name));
      List<ShownForm> kept = all.subList(0, Math.min(all.size(), MOST_PAGES));
      forms.put(client.share(), name, new ArrayList<>(kept));
    }
  }

  /** Returns the forms of a record that were shown to a client, the most recent first. */
  synchronized List<ShownForm> of(ClientIdentity client, long key) {
    return new ArrayList<>(known(name(client, key)));
  }

  private List<ShownForm> known(String name) {
    List<ShownForm> known = forms.get(name);
    return known == null ? Collections.emptyList() : known;
  }

  private static long lengthOf(List<ShownForm> shown) {
    return shown.stream().mapToLong(each -> SIZE_OF_ENTRY + each.form.length()).sum();
  }

  private static String name(ClientIdentity client, long key) {
    return client.viewer() + ' ' + Long.toHexString(key);
  }
}
