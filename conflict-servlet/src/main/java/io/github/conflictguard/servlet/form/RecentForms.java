package io.github.conflictguard.servlet.form;

import io.github.conflictguard.servlet.exchange.ClientIdentity;
import io.github.conflictguard.servlet.exchange.FairMemory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the newest forms held that were shown to people without a session. Only the client that they
 * were shown to gets at them, and only with the token of a form. Bounded, shared fairly among
 * clients, and safe for use by several threads.
 */
final class RecentForms {

  private static final int MOST_CHARACTERS = 1024 * 1024;

  private final FairMemory<RememberedForm> forms = new FairMemory<>(MOST_CHARACTERS);

  void remember(ClientIdentity client, List<RememberedForm> shown) {
    for (RememberedForm form : shown) {
      forms.put(client.share(), key(client, form.token), form, form.length());
    }
  }

  @Nullable RememberedForm find(ClientIdentity client, FormToken token) {
    return forms.get(key(client, token));
  }

  long characters() {
    return forms.size();
  }

  private static String key(ClientIdentity client, FormToken token) {
    return client.viewer() + ' ' + token.once();
  }
}
