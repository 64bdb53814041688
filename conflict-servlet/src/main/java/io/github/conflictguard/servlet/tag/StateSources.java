package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.precondition.StateResolver;
import io.github.conflictguard.resource.WriteCounters;
import io.github.conflictguard.servlet.fence.SharedCounters;
import io.github.conflictguard.servlet.match.Template;
import io.github.conflictguard.servlet.rule.Rule;
import io.github.conflictguard.servlet.rule.Rules;
import io.github.conflictguard.servlet.rule.StoreSpec;
import io.github.conflictguard.servlet.rule.TagSpec;
import io.github.conflictguard.store.JdbcStore;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/** A factory of the sources that rules specify. Not thread-safe. */
public final class StateSources {

  private final Rules rules;
  private final ServletContext context;
  private final int counterCount;
  private final @Nullable SharedCounters shared;
  private @Nullable WriteCounters counters;

  /**
   * Creates a factory.
   *
   * @param counterCount the number of counters that all rules share, if one of them counts
   */
  public StateSources(Rules rules, ServletContext context, int counterCount) {
    this.rules = rules;
    this.context = context;
    this.counterCount = counterCount;
    StoreSpec store = rules.store();
    this.shared =
        store == null
            ? null
            : SharedCounters.of(
                store, connections(store.dataSource(), rules, context), context.getContextPath());
  }

  /**
   * Returns the source of a rule, or null if its tags come from the application's responses.
   *
   * @throws IllegalArgumentException if the rule refers to something that does not exist
   */
  public @Nullable StateSource of(Rule rule) {
    TagSpec tag = rule.tag();
    switch (tag.source()) {
      case COUNTER:
      case FORM:
        return shared == null ? new CounterSource(counters()) : new StoreSource(shared);
      case QUERY:
        Template sql = tag.sql();
        String dataSource = tag.dataSource();
        if (sql == null || dataSource == null) {
          throw new IllegalArgumentException("a query needs sql and a dataSource");
        }
        return new QuerySource(tag, sql, DataSourceReference.of(dataSource, rules, context));
      case RESOLVER:
        return new ResolverSource(resolver(String.valueOf(tag.resolver())));
      default:
        return null;
    }
  }

  /** Returns the counters that all rules share, which are created on the first call. */
  public WriteCounters counters() {
    WriteCounters shared = counters;
    if (shared == null) {
      shared = new WriteCounters(counterCount);
      counters = shared;
    }
    return shared;
  }

  /** Returns the counters that all nodes share; null if the rules define no store. */
  public @Nullable SharedCounters shared() {
    return shared;
  }

  private static JdbcStore.ConnectionSource connections(
      String dataSource, Rules rules, ServletContext context) {
    DataSourceReference reference = DataSourceReference.of(dataSource, rules, context);
    return () -> reference.get().getConnection();
  }

  private static StateResolver resolver(String className) {
    try {
      return Class.forName(className, true, Thread.currentThread().getContextClassLoader())
          .asSubclass(StateResolver.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
      throw new IllegalArgumentException(
          "the resolver class '"
              + className
              + "' cannot be used ("
              + e
              + "); accepted are classes that implement "
              + StateResolver.class.getName()
              + " and have a public constructor without parameters",
          e);
    }
  }
}
