package io.github.conflictguard.servlet.form;

import io.github.conflictguard.servlet.exchange.ClientIdentity;
import io.github.conflictguard.servlet.exchange.FairMemory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the newest forms held that were shown to people without a session. Only the client that they
 * were shown to gets at them, and only with the token of a form. Bounded, shared fairly among
 * clients, and safe for use by several threads.
 */
final class RecentForms {

  private static final int MOST_CHARACTERS = 1024 * 1024;

  private final FairMemory<List<RememberedForm>> forms = new FairMemory<>(MOST_CHARACTERS);

  void remember(ClientIdentity client, List<RememberedForm> shown) {
    Map<String, List<RememberedForm>> byForm = new LinkedHashMap<>();
    for (RememberedForm form : shown) {
      byForm.computeIfAbsent(key(client, form.token), key -> new ArrayList<>()).add(form);
    }
    byForm.forEach(
        (key, same) ->
            forms.put(
                client.share(), key, same, same.stream().mapToLong(RememberedForm::length).sum()));
  }

  /** Finds a form by its token and more; null when none is there that passes. */
  @Nullable RememberedForm find(
      ClientIdentity client, FormToken token, Predicate<RememberedForm> wanted) {
    List<RememberedForm> same = forms.get(key(client, token));
    return same == null ? null : same.stream().filter(wanted).findFirst().orElse(null);
  }

  long characters() {
    return forms.size();
  }

  private static String key(ClientIdentity client, FormToken token) {
    return client.viewer() + ' ' + token.once();
  }
}
