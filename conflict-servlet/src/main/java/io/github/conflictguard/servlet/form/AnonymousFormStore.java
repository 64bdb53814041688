package io.github.conflictguard.servlet.form;

import io.github.conflictguard.servlet.client.BoundedMap;
import io.github.conflictguard.servlet.client.ClientIdentity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The content of the most recent forms that were shown to clients without a session. It is
 * available only to the client to which a form was shown, and only with the token of the form.
 * Bounded, shared fairly between clients, and thread-safe.
 */
final class AnonymousFormStore {

  private static final int MOST_CHARACTERS = 1024 * 1024;

  private final BoundedMap<String, List<StoredForm>> forms =
      new BoundedMap<>(MOST_CHARACTERS, same -> same.stream().mapToLong(StoredForm::length).sum());

  void remember(ClientIdentity client, List<StoredForm> shown) {
    Map<String, List<StoredForm>> byForm = new LinkedHashMap<>();
    for (StoredForm form : shown) {
      byForm.computeIfAbsent(key(client, form.token), key -> new ArrayList<>()).add(form);
    }
    byForm.forEach((key, same) -> forms.put(client.share(), key, same));
  }

  /** Returns the form with a token that matches the predicate; null when there is none. */
  @Nullable StoredForm find(ClientIdentity client, FormToken token, Predicate<StoredForm> wanted) {
    List<StoredForm> same = forms.get(key(client, token));
    return same == null ? null : same.stream().filter(wanted).findFirst().orElse(null);
  }

  long characters() {
    return forms.weight();
  }

  private static String key(ClientIdentity client, FormToken token) {
    return client.viewer() + ' ' + token.once();
  }
}
