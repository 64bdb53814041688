package io.github.conflictguard.servlet.monitor;

import io.github.conflictguard.etag.Sha256;
import io.github.conflictguard.servlet.advice.Advice;
import io.github.conflictguard.servlet.advice.Advisor;
import io.github.conflictguard.servlet.advice.RuleEvidence;
import io.github.conflictguard.servlet.journal.Journal;
import io.github.conflictguard.servlet.rule.Mode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The advice from all that was recorded, without what was dismissed. Thread-safe. */
final class CurrentAdvice {

  private static final int MOST_DISMISSED = 1000;

  /** SHA-256 in Base64. */
  private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final MonitorModel model;
  private final String contextPath;
  private final Set<String> internalGets;

  /** The hashes of identifiers, which may contain paths of requests: they outlast the journal. */
  private final Set<String> dismissed = ConcurrentHashMap.newKeySet();

  /**
   * Creates an instance.
   *
   * @param internalGets the rules whose state is determined by an internal GET
   */
  CurrentAdvice(MonitorModel model, String contextPath, Set<String> internalGets) {
    this.model = model;
    this.contextPath = contextPath;
    this.internalGets = internalGets;
  }

  List<Advice> all() {
    List<RuleEvidence> evidence = new ArrayList<>();
    for (RuleCounts rule : model.rules()) {
      evidence.add(
          new RuleEvidence(
              rule.getRule(),
              rule.getMode().equals(Mode.OBSERVE.code()),
              internalGets.contains(rule.getRule()),
              rule.getRequests(),
              rule.getFailedPreconditions() + rule.getMissingPreconditions(),
              rule.getLostUpdates()));
    }
    List<Advice> advice =
        new ArrayList<>(
            Advisor.of(
                contextPath,
                evidence,
                model.patterns().all(),
                model.findings(),
                model.journal().newest(Journal.MOST_ENTRIES)));
    boolean hashed = model.settings().areKeysHashed();
    advice.removeIf(each -> dismissed.contains(hashOf(each.id())) || (hashed && each.isOfPath()));
    return advice;
  }

  /** Dismisses advice. Returns false if there is none such. */
  boolean dismiss(String id) {
    boolean given = all().stream().anyMatch(each -> each.id().equals(id));
    return given && add(hashOf(id));
  }

  private static String hashOf(String id) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(id));
  }

  private boolean add(String hash) {
    return dismissed.size() < MOST_DISMISSED && dismissed.add(hash);
  }

  /** Returns the hashes of the identifiers of dismissed advice. */
  List<String> dismissed() {
    List<String> all = new ArrayList<>(dismissed);
    all.sort(null);
    return all;
  }

  /** Dismisses what was dismissed before a restart. */
  void restore(Collection<?> hashes) {
    for (Object hash : hashes) {
      if (hash instanceof String && HASH.matcher((String) hash).matches()) {
        add((String) hash);
      }
    }
  }
}
