package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.servlet.response.HashableBody;
import io.github.conflictguard.servlet.response.KnownBody;
import org.jspecify.annotations.Nullable;

/** The cached previous response, for use while the next one is written. Not thread-safe. */
public final class RecalledBody {

  private final RememberedBodies memory;
  private final int place;
  private final RememberedBodies.@Nullable Entry before;

  RecalledBody(RememberedBodies memory, int place, RememberedBodies.@Nullable Entry before) {
    this.memory = memory;
    this.place = place;
    this.before = before;
  }

  /** Returns the body that the response may have, or null if none is cached. */
  public @Nullable KnownBody expected() {
    return before == null ? null : before.body;
  }

  /** Returns the tag of the response, which has been compared with the expected body. */
  EntityTag tagOf(HashableBody body) {
    if (before != null && before.body != null && body.isAsExpected()) {
      before.use();
      return before.tag;
    }
    EntityTag tag = BodyTag.of(body::digest);
    memory.note(place, before, tag, body);
    return tag;
  }
}
