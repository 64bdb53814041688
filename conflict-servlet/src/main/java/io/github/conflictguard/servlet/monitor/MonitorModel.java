package io.github.conflictguard.servlet.monitor;

import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.LockWaitEvent;
import io.github.conflictguard.event.LostUpdateEvent;
import io.github.conflictguard.resource.SipHash;
import io.github.conflictguard.servlet.advice.Advice;
import io.github.conflictguard.servlet.attribution.Actor;
import io.github.conflictguard.servlet.attribution.Pseudonyms;
import io.github.conflictguard.servlet.attribution.ReadTimes;
import io.github.conflictguard.servlet.config.MonitorSettings;
import io.github.conflictguard.servlet.doctor.SetupFinding;
import io.github.conflictguard.servlet.jfr.FlightEvents;
import io.github.conflictguard.servlet.journal.ConflictPatterns;
import io.github.conflictguard.servlet.journal.Journal;
import io.github.conflictguard.servlet.journal.JournalEntry;
import io.github.conflictguard.servlet.journal.JournalFile;
import io.github.conflictguard.servlet.journal.Worklist;
import io.github.conflictguard.servlet.prediction.Prediction;
import io.github.conflictguard.servlet.prediction.Score;
import io.github.conflictguard.servlet.statistics.HourlyTop;
import io.github.conflictguard.servlet.statistics.TimeSeries;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the monitor shows. All results are immutable, or copies. Exists only where the
 * settings require it. Thread-safe.
 */
public final class MonitorModel implements AutoCloseable {

  /** The separator between the loser and the winner in the names of {@link #pairs}. */
  public static final String PAIR = " <- ";

  private static final int MOST_RESOURCES = 200;
  private static final int MOST_PAIRS = 200;
  private static final int MOST_ACTORS = 100;
  private static final long BYTES_OF_READS = 8L << 20;

  /** Refusals after which there is nothing to repeat: the first submit was carried out. */
  private static final Set<String> SETTLED =
      new HashSet<>(Arrays.asList("duplicate-submit", "already-applied"));

  private final MonitorSettings settings;
  private final LongSupplier clock;
  private final Instant started;
  private final Journal journal;
  private final Worklist worklist = new Worklist();
  private final ConflictPatterns patterns = new ConflictPatterns();
  private final HourlyTop resources;
  private final HourlyTop pairs;
  private final HourlyTop actors;
  private final TimeSeries series;
  private final CurrentAdvice advice;
  private final ReadTimes reads = new ReadTimes(BYTES_OF_READS);
  private final Prediction prediction = new Prediction();
  private final SipHash hash = new SipHash();
  private final Supplier<List<RuleCounts>> rules;
  private final Supplier<List<SetupFinding>> findings;

  MonitorModel(
      MonitorSettings settings,
      String contextPath,
      LongSupplier clock,
      ZoneId zone,
      Supplier<List<RuleCounts>> rules,
      Set<String> internalGets,
      Supplier<List<SetupFinding>> findings) {
    this.settings = settings;
    this.advice = new CurrentAdvice(this, contextPath, internalGets);
    this.clock = clock;
    this.started = now();
    UnaryOperator<String> keys =
        settings.areKeysHashed() ? new Pseudonyms()::hashed : UnaryOperator.identity();
    this.journal = new Journal(keys);
    this.resources = new HourlyTop(MOST_RESOURCES, clock);
    this.pairs = new HourlyTop(MOST_PAIRS, clock);
    this.actors = new HourlyTop(MOST_ACTORS, clock);
    this.series = new TimeSeries(clock, zone);
    this.rules = rules;
    this.findings = findings;
  }

  /**
   * Creates the model of a filter.
   *
   * @param internalGets the rules whose state is determined by an internal GET
   * @return null where the settings do not require it
   */
  public static @Nullable MonitorModel of(
      MonitorSettings settings,
      String contextPath,
      Supplier<List<RuleCounts>> rules,
      Set<String> internalGets,
      Supplier<List<SetupFinding>> findings) {
    if (!settings.isRecording()) {
      return null;
    }
    MonitorModel model =
        new MonitorModel(
            settings,
            contextPath,
            System::currentTimeMillis,
            ZoneId.systemDefault(),
            rules,
            internalGets,
            findings);
    FlightEvents flight = FlightEvents.register();
    if (flight != null) {
      model.journal.add(flight);
    }
    Path file = settings.journal();
    if (file != null) {
      model.journal.add(
          JournalFile.to(
              file,
              settings.journalDays(),
              () -> SavedState.of(model.series, model.advice),
              saved -> SavedState.restore(saved, model.series, model.advice)));
    }
    return model;
  }

  /** Records a conflict; with its sender, a refused write is on the worklist. */
  void record(ConflictEvent event, @Nullable Actor actor) {
    JournalEntry entry = journal.record(event);
    count(entry);
    boolean write = !event.method().equals("GET") && !event.method().equals("HEAD");
    if (actor != null && event.isAnswered() && write && !SETTLED.contains(event.kind())) {
      worklist.refused(actor.id(), event.resourceKey(), entry);
      if (event.kind().equals("stale-version")) {
        prediction.refused(
            hash.of(event.resourceKey()), placeOf(event.rule()), actor.id(), clock.getAsLong());
      }
    }
  }

  void record(LostUpdateEvent event) {
    count(journal.record(event));
  }

  void record(LockWaitEvent event) {
    count(journal.record(event));
  }

  private void count(JournalEntry entry) {
    patterns.add(entry);
    series.add(entry.outcome().code());
    series.add(entry.kind());
    resources.add(entry.resourceKey(), 1);
    String other = entry.collision().otherPlace();
    if (other != null) {
      pairs.add(entry.place() + PAIR + other, 1);
    }
    String actor = entry.collision().actor();
    if (actor != null) {
      actors.add(actor, 1);
    }
  }

  double served(Actor actor, String key, @Nullable String rule, long begun) {
    reads.served(actor, key, begun);
    double risk = prediction.served(hash.of(key), placeOf(rule), actor.id(), clock.getAsLong());
    return prediction.isShown() ? risk : Double.NaN;
  }

  void servedTag(Actor actor, String key, String tag, long time) {
    reads.servedTag(actor, key, tag, time);
  }

  long tagServedAt(String key, String tag) {
    return reads.ofTag(key, tag);
  }

  long servedAt(Actor actor, String key) {
    return reads.of(actor, key);
  }

  void written(Actor actor, String key, @Nullable String place, long time) {
    reads.served(actor, key, time);
    worklist.saved(actor.id(), key);
    prediction.written(hash.of(key), placeOf(place), actor.id(), time);
  }

  private static String placeOf(@Nullable String rule) {
    return rule == null ? "-" : rule;
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.getAsLong());
  }

  /** Returns the settings of the monitor. */
  public MonitorSettings settings() {
    return settings;
  }

  /** Returns when the application was started. */
  public Instant started() {
    return started;
  }

  /** Returns the journal. */
  public Journal journal() {
    return journal;
  }

  /** Returns the open items of the worklist, the oldest first. */
  public List<Worklist.Item> open() {
    return worklist.open(now());
  }

  /** Returns the worklist, for its counts. */
  public Worklist worklist() {
    return worklist;
  }

  /** Returns the conflicts grouped by pattern. */
  public ConflictPatterns patterns() {
    return patterns;
  }

  /** Returns the most frequent resource keys. */
  public HourlyTop resources() {
    return resources;
  }

  /** Returns the most frequent pairs of the losing and the winning rule or guarded method. */
  public HourlyTop pairs() {
    return pairs;
  }

  /** Returns the most frequent senders; empty where people are hidden. */
  public HourlyTop actors() {
    return actors;
  }

  /** Returns counts over time, by outcome ({@code refused}, ...) and by kind. */
  public TimeSeries series() {
    return series;
  }

  /** Returns advice that was not dismissed, the most important first. */
  public List<Advice> advice() {
    return advice.all();
  }

  /**
   * Dismisses advice: where there is a journal file for good, otherwise until the application is
   * restarted. Returns false if there is none such.
   */
  public boolean dismiss(String id) {
    return advice.dismiss(id);
  }

  /** Returns how good the predictions were. */
  public Score score() {
    return prediction.score();
  }

  /** Returns the counts of each rule. */
  public List<RuleCounts> rules() {
    return rules.get();
  }

  /** Returns the findings. */
  public List<SetupFinding> findings() {
    return findings.get();
  }

  @Override
  public void close() {
    journal.close();
  }
}
