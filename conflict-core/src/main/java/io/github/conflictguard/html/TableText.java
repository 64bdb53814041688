package io.github.conflictguard.html;

import java.util.ArrayList;
import java.util.List;

/**
 * The column heads of a table, and the current position in it. Not safe for use by several threads.
 */
final class TableText {

  private static final int MOST_COLUMNS = 256;

  private List<String> heads = new ArrayList<>();
  private List<String> row = new ArrayList<>();
  private boolean onlyHeads = true;
  private boolean hasControl;
  private String alone = "";

  void beginRow() {
    row = new ArrayList<>();
    onlyHeads = true;
    hasControl = false;
  }

  void beginCell(boolean head, int span) {
    onlyHeads &= head;
    for (int i = 0; i < span && row.size() < MOST_COLUMNS; i++) {
      row.add("");
    }
  }

  void noteText(String text) {
    if (!row.isEmpty()) {
      row.set(row.size() - 1, text);
    }
  }

  void noteControl() {
    hasControl = true;
  }

  /** Ends a row. A row that consists of heads only names the columns of the rows below. */
  void endRow() {
    if (!hasControl && row.size() > 1 && onlyHeads) {
      heads = row;
    }
    // One cell above a row of one cell, as in layouts for narrow screens.
    alone = !hasControl && row.size() == 1 ? row.get(0) : "";
    row = new ArrayList<>();
  }

  /** Returns the name of the open cell for a control without preceding text; may be empty. */
  String nameOfCell() {
    int column = row.size() - 1;
    if (column >= 0 && column < heads.size()) {
      return heads.get(column);
    }
    return row.size() == 1 ? alone : "";
  }
}
