package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.servlet.response.HashableBody;
import io.github.conflictguard.servlet.response.KnownBody;
import org.jspecify.annotations.Nullable;

/** What is remembered of the answer before, while the next one is given. One thread at a time. */
public final class RecalledBody {

  private final RememberedBodies memory;
  private final int place;
  private final RememberedBodies.@Nullable Entry before;

  RecalledBody(RememberedBodies memory, int place, RememberedBodies.@Nullable Entry before) {
    this.memory = memory;
    this.place = place;
    this.before = before;
  }

  /** The body that the answer may have; null when none is remembered. */
  public @Nullable KnownBody expected() {
    return before == null ? null : before.body;
  }

  /** The tag of the answer, which has been compared with what was expected. */
  EntityTag tagOf(HashableBody body) {
    if (before != null && before.body != null && body.isAsExpected()) {
      before.wasAskedFor();
      return before.tag;
    }
    EntityTag tag = BodyTag.of(body::digest);
    memory.note(place, before, tag, body);
    return tag;
  }
}
