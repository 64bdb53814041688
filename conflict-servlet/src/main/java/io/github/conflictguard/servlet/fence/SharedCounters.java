package io.github.conflictguard.servlet.fence;

import io.github.conflictguard.recorder.CommitHooks;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.rule.StoreSpec;
import io.github.conflictguard.store.CommitLevel;
import io.github.conflictguard.store.JdbcStore;
import io.github.conflictguard.store.JdbcStore.ConnectionSource;
import io.github.conflictguard.store.ResourceIds;
import io.github.conflictguard.store.StoreException;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The counters that all nodes of the application share. Thread-safe. */
public final class SharedCounters {

  private static final Logger LOG = FilterNames.log();

  private final JdbcStore store;
  private final StoreSpec spec;
  private final ResourceIds ids;
  private final CommitCounts commits = new CommitCounts();

  private SharedCounters(StoreSpec spec, ConnectionSource source, String contextPath) {
    this.spec = spec;
    this.store = new JdbcStore(source, spec.table(), UUID.randomUUID().toString());
    String named = spec.application();
    this.ids = new ResourceIds(named == null ? contextPath : named);
  }

  /**
   * Opens the counters, and checks their table if the database can be reached.
   *
   * @param source opens connections to the database of the store
   * @param contextPath names the application where the rules file does not
   * @throws IllegalArgumentException if the table cannot be used; the message contains the
   *     statement that creates it
   */
  public static SharedCounters of(StoreSpec spec, ConnectionSource source, String contextPath) {
    SharedCounters counters = new SharedCounters(spec, source, contextPath);
    try {
      counters.check();
    } catch (StoreException e) {
      if (!e.isTransient()) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
      LOG.log(Level.WARNING, "The store of the nodes is not available yet", e);
    }
    return counters;
  }

  private void check() throws StoreException {
    if (!store.isChecked()) {
      store.check(spec.isCreated());
    }
  }

  /**
   * Returns what protects commits of this node at best: {@code fenced} if the agent reports them,
   * {@code local} otherwise.
   */
  public static CommitLevel level() {
    return CommitHooks.areInstalled() ? CommitLevel.FENCED : CommitLevel.LOCAL;
  }

  /** Returns the counts of commits. */
  public CommitCounts commits() {
    return commits;
  }

  /** Returns the value of the counter of a resource; null if the store cannot be read. */
  public @Nullable Long valueOf(RuleMatch target) {
    try {
      check();
      return store.read(ids.of(target.key()));
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "The counter of a resource could not be read", e);
      return null;
    }
  }

  /** Records that a resource was written, or may have been, outside of a checked transaction. */
  public void written(RuleMatch target) {
    try {
      check();
      store.advance(ids.of(target.key()));
    } catch (StoreException e) {
      LOG.log(Level.SEVERE, "A write could not be counted: other nodes do not notice it", e);
    }
  }

  /**
   * Begins a write. Called before the state is read that its precondition is compared with.
   *
   * @param compares whether the write is refused if another one comes first
   * @param isConditional whether the client sent a precondition
   * @param refuses whether a commit is refused if the store cannot be used
   * @throws StoreException if the store cannot be read
   */
  public WriteFence begin(
      RuleMatch target, boolean compares, boolean isConditional, boolean refuses)
      throws StoreException {
    check();
    String id = ids.of(target.key());
    Long expected = compares ? store.read(id) : null;
    return new WriteFence(store, id, expected, isConditional, refuses, commits);
  }
}
