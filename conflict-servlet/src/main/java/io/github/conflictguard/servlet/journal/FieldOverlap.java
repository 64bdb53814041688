package io.github.conflictguard.servlet.journal;

import io.github.conflictguard.event.Collision.ChangedBy;
import java.util.Map;

/** Whether two writes have changed the same fields. */
enum FieldOverlap {
  /** Each write has changed fields, and none in common. */
  DISJOINT,

  /** A field was changed by either write. */
  SAME,

  /** Not known. */
  UNKNOWN;

  /** Returns the overlap of the changes of a collision. */
  static FieldOverlap of(Map<String, ChangedBy> fields) {
    if (fields.containsValue(ChangedBy.BOTH)) {
      return SAME;
    }
    return fields.containsValue(ChangedBy.THEIRS) && fields.containsValue(ChangedBy.YOURS)
        ? DISJOINT
        : UNKNOWN;
  }
}
