package io.github.conflictguard.store;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The table of the counters, and the statements on it. Immutable. */
public final class StoreTable {

  /** The prefix of the name of the table, where no other one is configured. */
  public static final String USUAL_PREFIX = "cg_";

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,19}");

  private final String name;

  /**
   * Creates a table.
   *
   * @param schema null for that of the connection
   * @throws IllegalArgumentException if one of them is not a plain identifier
   */
  public StoreTable(@Nullable String schema, String prefix) {
    checkIdentifier("schema", schema == null ? "x" : schema);
    checkIdentifier("prefix", prefix);
    this.name = (schema == null ? "" : schema + '.') + prefix + "resource";
  }

  private static void checkIdentifier(String what, String text) {
    if (!IDENTIFIER.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " '"
              + text
              + "' is not a plain identifier; accepted are up to 20 letters, digits and _");
    }
  }

  /** Returns the name of the table, with its schema if there is one. */
  public String name() {
    return name;
  }

  String select() {
    return "SELECT writes FROM " + name + " WHERE id = ?";
  }

  String insert() {
    return "INSERT INTO " + name + " (id, written_at) VALUES (?, ?)";
  }

  String compareAndAdvance() {
    return update("writes = ?") + " AND writes = ?";
  }

  String advance() {
    return update("writes = CASE WHEN writes < ? THEN ? ELSE writes + 1 END");
  }

  private String update(String assignment) {
    return "UPDATE "
        + name
        + " SET "
        + assignment
        + ", written_at = ?, written_by = ? WHERE id = ?";
  }

  /** Returns statements that change nothing, and fail where a table, column or right is missing. */
  String[] probes() {
    String columns = "id, fence, writes, holder, held_until, written_at, written_by";
    return new String[] {
      "SELECT id FROM " + name + " WHERE 1 = 0",
      "SELECT " + columns + " FROM " + name + " WHERE 1 = 0",
      "UPDATE " + name + " SET writes = writes WHERE 1 = 0",
      "INSERT INTO " + name + " (id) SELECT id FROM " + name + " WHERE 1 = 0"
    };
  }
}
