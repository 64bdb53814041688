package io.github.conflictguard.servlet.console.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table that pages show and that programs get as JSON or CSV. The values are strings, numbers,
 * booleans, instants, or null where there is none. Not safe for use by several threads.
 */
public final class Table {

  private final String name;
  private final List<Column> columns = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /** Creates a table without columns and rows. */
  public Table(String name) {
    this.name = name;
  }

  /** Adds a column. */
  public Table column(String key, Column.Kind kind) {
    columns.add(new Column(key, kind));
    return this;
  }

  /**
   * Adds a row with a value for each column.
   *
   * @throws IllegalArgumentException if the number of values is another one
   */
  public Row row(@Nullable Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          name + " has " + columns.size() + " columns, not " + values.length);
    }
    Row row = new Row(values.clone());
    rows.add(row);
    return row;
  }

  /** Returns the name in JSON and in addresses. */
  public String name() {
    return name;
  }

  /** Returns the columns. */
  public List<Column> columns() {
    return Collections.unmodifiableList(columns);
  }

  /** Returns the rows. */
  public List<Row> rows() {
    return Collections.unmodifiableList(rows);
  }

  /** Returns the rows as JSON objects. */
  public List<Map<String, @Nullable Object>> objects() {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    for (Row row : rows) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        object.put(columns.get(i).key(), row.values.get(i));
      }
      objects.add(object);
    }
    return objects;
  }

  /** A row. */
  public static final class Row {

    private final List<@Nullable Object> values;
    private @Nullable String address;
    private String tone = "";
    private boolean uncertain;

    private Row(@Nullable Object[] values) {
      this.values = Arrays.asList(values);
    }

    /** Sets the relative address of the page about this row. */
    public Row linkedTo(String relative) {
      this.address = relative;
      return this;
    }

    /** Sets the class of the row's badges in the style sheet. */
    public Row toned(String toneClass) {
      this.tone = toneClass;
      return this;
    }

    /** Marks the numbers as estimated. */
    public Row uncertain(boolean estimated) {
      this.uncertain = estimated;
      return this;
    }

    /** Returns the values in the order of the columns. */
    public List<@Nullable Object> values() {
      return Collections.unmodifiableList(values);
    }

    /** Returns the address of the page about this row; null if there is none. */
    public @Nullable String address() {
      return address;
    }

    /** Returns the class of the row's badges; empty for none. */
    public String tone() {
      return tone;
    }

    /** Returns whether the numbers are estimated. */
    public boolean isUncertain() {
      return uncertain;
    }
  }
}
