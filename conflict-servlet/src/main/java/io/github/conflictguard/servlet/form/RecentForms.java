package io.github.conflictguard.servlet.form;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the newest forms held that were shown to people without a session. Only who has the token of
 * a form gets at it. Bounded, and safe for use by several threads.
 */
final class RecentForms {

  private static final int MOST_CHARACTERS = 1024 * 1024;

  private final Map<String, RememberedForm> forms = new LinkedHashMap<>();
  private int characters;

  synchronized void remember(List<RememberedForm> shown) {
    for (RememberedForm form : shown) {
      forget(forms.remove(form.token.once()));
      forms.put(form.token.once(), form);
      characters += form.length();
    }
    for (Iterator<RememberedForm> eldest = forms.values().iterator();
        characters > MOST_CHARACTERS; ) {
      forget(eldest.next());
      eldest.remove();
    }
  }

  synchronized @Nullable RememberedForm find(FormToken token) {
    return forms.get(token.once());
  }

  synchronized int characters() {
    return characters;
  }

  private void forget(@Nullable RememberedForm form) {
    characters -= form == null ? 0 : form.length();
  }
}
