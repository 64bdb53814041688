package io.github.conflictguard.store;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Recognizes statements that certainly change nothing, by their words. In doubt they do. */
final class SqlText {

  private static final Set<String> READS =
      new HashSet<>(Arrays.asList("select", "with", "values", "show", "describe"));

  private static final Set<String> CHANGES =
      new HashSet<>(Arrays.asList("insert", "delete", "merge", "into", "call", "exec", "execute"));

  private static final Set<String> COMMITS =
      new HashSet<>(Arrays.asList("commit", "commit work", "commit transaction", "end"));

  private SqlText() {}

  /**
   * Returns whether a statement is a query that calls no function outside of a {@code FROM}, since
   * functions may change data. Not recognized are functions that change data in a query with {@code
   * FROM}.
   */
  static boolean isPlainRead(String sql) {
    String first = null;
    String before = "";
    boolean from = false;
    for (int i = 0; i < sql.length(); ) {
      int end = endOfWord(sql, i);
      if (end == i) {
        i++;
        continue;
      }
      String word = sql.substring(i, end).toLowerCase(Locale.ROOT);
      if (first == null) {
        first = word;
        if (!READS.contains(first)) {
          return false;
        }
      }
      // Not "for update" and PostgreSQL's "for no key update", which lock rows.
      boolean isLock = before.equals("for") || before.equals("key");
      if (CHANGES.contains(word) || (word.equals("update") && !isLock)) {
        return false;
      }
      from |= word.equals("from");
      before = word;
      i = end;
    }
    return first != null && (from || sql.indexOf('(') < 0);
  }

  /** Returns whether a statement commits the transaction. */
  static boolean isCommit(String sql) {
    if (sql.length() > 64) {
      return false;
    }
    String text = sql.trim().toLowerCase(Locale.ROOT);
    return COMMITS.contains(text.endsWith(";") ? text.substring(0, text.length() - 1) : text);
  }

  private static int endOfWord(String sql, int start) {
    int end = start;
    while (end < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
      end++;
    }
    return end;
  }
}
