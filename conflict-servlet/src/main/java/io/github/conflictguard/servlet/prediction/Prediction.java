package io.github.conflictguard.servlet.prediction;

import io.github.conflictguard.servlet.prediction.WatchedKey.OpenPage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Predicts for each served page whether someone else will save the resource before the page is
 * sent, and scores its predictions. Two terms: the rate of writes by others, which for a resource
 * with few writes is that of its rule, and the others who have the page open. The result is
 * calibrated by the outcomes of the last seven days. Has no influence on any decision. Bounded.
 * Thread-safe.
 */
public final class Prediction {

  private static final int MOST_KEYS = 4096;
  private static final int MOST_RULES = 256;
  private static final double PSEUDO_EVENTS = 5;
  private static final double OPEN_GAPS = 3;

  private final Map<Long, WatchedKey> keys =
      new LinkedHashMap<Long, WatchedKey>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, WatchedKey> eldest) {
          return size() > MOST_KEYS;
        }
      };
  private final Map<String, RuleHabits> rules = new LinkedHashMap<>();
  private final Forecasts forecasts = new Forecasts();

  /**
   * Predicts for a page that is served now.
   *
   * @param key identifies the resource
   * @param rule the rule that applies
   * @param actor identifies the client
   * @param now milliseconds
   * @return the probability that a save meets a conflict, whether or not predictions are good
   */
  public synchronized double served(long key, String rule, long actor, long now) {
    RuleHabits habits = habits(rule);
    WatchedKey watched = keys.computeIfAbsent(key, any -> new WatchedKey(now));
    double gap = habits.gapMillis();
    double mean = Math.max(1e-12, habits.ratePerMilli());
    double rate =
        (watched.rate.byOthers(actor, now) + PSEUDO_EVENTS)
            / (watched.rate.exposure(now) + PSEUDO_EVENTS / mean);
    double byRate = -Math.expm1(-rate * gap);
    int open = watched.openForOthers(actor, now, OPEN_GAPS * gap);
    double raw = 1 - (1 - byRate) * Math.pow(1 - habits.openRisk(), open);
    double published = forecasts.calibrated(raw);
    watched.opened(actor, new OpenPage(now, byRate, raw, published, open));
    return published;
  }

  /** Records a write that was carried out. */
  public synchronized void written(long key, String rule, long actor, long now) {
    ended(key, rule, actor, now, false);
    keys.computeIfAbsent(key, any -> new WatchedKey(now)).written(actor, now);
  }

  /** Records a write that was refused because the resource had changed. */
  public synchronized void refused(long key, String rule, long actor, long now) {
    ended(key, rule, actor, now, true);
  }

  private void ended(long key, String rule, long actor, long now, boolean refused) {
    WatchedKey watched = keys.get(key);
    OpenPage page = watched == null ? null : watched.close(actor);
    if (page == null) {
      return;
    }
    boolean collided = refused || page.overtaken;
    habits(rule).saved((double) Math.max(1, now - page.time), collided, page.open, page.byRate);
    forecasts.add(page.raw, page.published, collided, now);
  }

  private RuleHabits habits(String rule) {
    String counted = rules.containsKey(rule) || rules.size() < MOST_RULES ? rule : "*";
    return rules.computeIfAbsent(counted, any -> new RuleHabits());
  }

  /** Returns whether predictions are shown, see {@link Score#isBetterThanBaseRate}. */
  public synchronized boolean isShown() {
    return forecasts.isShown();
  }

  /** Returns how good the predictions of the last seven days were. */
  public synchronized Score score() {
    return forecasts.score();
  }
}
