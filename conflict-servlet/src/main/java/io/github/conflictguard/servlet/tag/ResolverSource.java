package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.precondition.StateResolver;
import io.github.conflictguard.servlet.rule.RuleMatch;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A source that calls a class of the application. */
final class ResolverSource implements StateSource {

  private static final Logger LOG = Logger.getLogger(ResolverSource.class.getName());

  private final StateResolver resolver;

  ResolverSource(StateResolver resolver) {
    this.resolver = resolver;
  }

  @Override
  public SelectedRepresentation read(RuleMatch target) {
    try {
      SelectedRepresentation state = resolver.resolve(target.captured());
      if (state != null) {
        Instant date = state.lastModified();
        return date == null ? state : state.withLastModified(Dates.notLaterThanNow(date));
      }
      LOG.warning(() -> resolver.getClass().getName() + " gave no state of " + target.key());
    } catch (Exception e) {
      LOG.log(Level.WARNING, "The state of " + target.key() + " could not be resolved", e);
    }
    return SelectedRepresentation.unreadable();
  }
}
