package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.Collision.ChangedBy;
import io.github.conflictguard.event.Collision.Origin;
import io.github.conflictguard.servlet.console.section.Prose;
import io.github.conflictguard.servlet.console.section.Words;
import io.github.conflictguard.servlet.journal.JournalEntry;
import io.github.conflictguard.servlet.journal.JournalEntry.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Generates the sentences that explain an entry of the journal, in the language of the reader. They
 * contain names of fields and never values.
 */
final class Explainer {

  private final JournalEntry entry;
  private final Collision collision;
  private final Words words;

  Explainer(JournalEntry entry, Words words) {
    this.entry = entry;
    this.collision = entry.collision();
    this.words = words;
  }

  /** Adds what happened, why, and which fields are concerned. */
  void explain(Prose prose) {
    prose.sentence(
        "explain." + outcome(),
        person(collision.actor()),
        entry.method() + " " + entry.resourceKey(),
        words.time(entry.time()),
        entry.outcome() == Outcome.WAITED ? waited() : String.valueOf(entry.status()));
    if (entry.outcome() != Outcome.WAITED) {
      cause(prose);
      other(prose);
      fields(prose);
    }
    if (entry.outcome() == Outcome.REFUSED && collision.wasted() > 0) {
      prose.sentence("explain.wasted", words.duration(collision.wasted()));
    }
  }

  private String outcome() {
    boolean byGuard = entry.found().equals("precondition") || entry.found().equals("lock");
    return entry.outcome() == Outcome.OBSERVED && !byGuard ? "unanswered" : entry.outcome().code();
  }

  private void cause(Prose prose) {
    String constraint = entry.constraint();
    if (entry.outcome() != Outcome.LOST) {
      prose.and("cause." + known(entry.kind()));
    }
    if (constraint != null) {
      prose.and("explain.constraint", constraint);
    }
    if (entry.handler() != null) {
      prose.and("explain.handler", String.valueOf(entry.handler()));
    }
  }

  private void other(Prose prose) {
    prose.paragraph();
    if (collision.otherAge() >= 0) {
      String when = words.time(entry.time().minusMillis(collision.otherAge()));
      String age = words.duration(collision.otherAge());
      if (collision.origin() == Origin.SELF) {
        prose.and("explain.self", when, age);
      } else {
        prose.and("explain.other", person(collision.other()), when, age);
      }
    } else if (isStale()) {
      prose.and("explain.unknown");
    }
    if (collision.baseAge() >= 0) {
      prose.and("explain.base", words.duration(collision.baseAge()));
    }
  }

  private boolean isStale() {
    return entry.outcome() == Outcome.LOST || entry.kind().equals("stale-version");
  }

  private void fields(Prose prose) {
    if (collision.fields().isEmpty()) {
      return;
    }
    prose.paragraph();
    fields(prose, ChangedBy.BOTH, "explain.both");
    fields(
        prose,
        ChangedBy.THEIRS,
        entry.outcome() == Outcome.LOST ? "explain.theirs.lost" : "explain.theirs");
    fields(prose, ChangedBy.YOURS, "explain.yours");
    if (!collision.fields().containsValue(ChangedBy.BOTH)) {
      prose.and("explain.disjoint");
    }
  }

  private void fields(Prose prose, ChangedBy who, String name) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, ChangedBy> field : collision.fields().entrySet()) {
      if (field.getValue() == who) {
        names.add(field.getKey());
      }
    }
    if (!names.isEmpty()) {
      prose.and(name, String.join(", ", names));
    }
  }

  private String waited() {
    return words.duration(Math.max(0, collision.lockWait()));
  }

  private String person(@Nullable String actor) {
    return actor == null ? words.text("explain.someone") : actor;
  }

  private String known(String kind) {
    return words.has("cause." + kind) ? kind : "other";
  }
}
