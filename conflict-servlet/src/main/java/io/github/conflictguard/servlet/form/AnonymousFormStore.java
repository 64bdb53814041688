package io.github.conflictguard.servlet.form;

import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.client.FairMemory;
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
final class AnonymousFormStore {

  private static final int MOST_CHARACTERS = 1024 * 1024;

  private final FairMemory<List<StoredForm>> forms = new FairMemory<>(MOST_CHARACTERS);

  void remember(ClientIdentity client, List<StoredForm> shown) {
    Map<String, List<StoredForm>> byForm = new LinkedHashMap<>();
    for (StoredForm form : shown) {
      byForm.computeIfAbsent(key(client, form.token), key -> new ArrayList<>()).add(form);
    }
    byForm.forEach(
        (key, same) ->
            forms.put(
                client.share(), key, same, same.stream().mapToLong(StoredForm::length).sum()));
  }

  /** Finds a form by its token and more; null when none is there that passes. */
  @Nullable StoredForm find(ClientIdentity client, FormToken token, Predicate<StoredForm> wanted) {
    List<StoredForm> same = forms.get(key(client, token));
    return same == null ? null : same.stream().filter(wanted).findFirst().orElse(null);
  }

  long characters() {
    return forms.size();
  }

  private static String key(ClientIdentity client, FormToken token) {
    return client.viewer() + ' ' + token.once();
  }
}
