package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.match.Fields;
import io.github.conflictguard.servlet.match.InvalidRuleException;
import io.github.conflictguard.store.StoreTable;
import org.jspecify.annotations.Nullable;

/** The store that the nodes of an application share, as the rules file defines it. Immutable. */
public final class StoreSpec {

  private final String dataSource;
  private final StoreTable table;
  private final boolean isCreated;
  private final @Nullable String application;

  private StoreSpec(
      String dataSource, StoreTable table, boolean isCreated, @Nullable String application) {
    this.dataSource = dataSource;
    this.table = table;
    this.isCreated = isCreated;
    this.application = application;
  }

  /** Reads the field {@code store} of the rules file; returns null if there is none. */
  static @Nullable StoreSpec read(Fields file) throws InvalidRuleException {
    Object value = file.any("store");
    if (value == null) {
      return null;
    }
    Fields fields = Fields.of("field 'store'", value);
    String schema = fields.text("schema");
    String prefix = fields.text("prefix");
    if (schema != null) {
      fields.parsed("schema", schema, text -> new StoreTable(text, StoreTable.USUAL_PREFIX));
    }
    StoreTable table =
        fields.parsed(
            "prefix",
            prefix == null ? StoreTable.USUAL_PREFIX : prefix,
            text -> new StoreTable(schema, text));
    StoreSpec spec =
        new StoreSpec(
            fields.requiredText("dataSource"),
            table,
            Boolean.TRUE.equals(fields.trueOrFalse("createTables")),
            fields.text("application"));
    fields.end();
    return spec;
  }

  /** Returns the name of the data source, in the form that the tag {@code query} uses. */
  public String dataSource() {
    return dataSource;
  }

  /** Returns the table of the counters. */
  public StoreTable table() {
    return table;
  }

  /** Returns whether the table is created if it does not exist. */
  public boolean isCreated() {
    return isCreated;
  }

  /** Returns the name by which all nodes call the application; null for its context path. */
  public @Nullable String application() {
    return application;
  }
}
