package io.github.conflictguard.html;

import java.util.ArrayList;
import java.util.List;

/** The heads of the columns of a table, and where in it the page is. For one thread. */
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

  /** A row of heads alone names the columns of the rows below. */
  void endRow() {
    if (!hasControl && row.size() > 1 && onlyHeads) {
      heads = row;
    }
    // One cell above a row of one cell, as in layouts for narrow screens.
    alone = !hasControl && row.size() == 1 ? row.get(0) : "";
    row = new ArrayList<>();
  }

  /**
   * What names the cell that is open where no text stands in front of the control; may be empty.
   */
  String nameOfCell() {
    int column = row.size() - 1;
    if (column >= 0 && column < heads.size()) {
      return heads.get(column);
    }
    return row.size() == 1 ? alone : "";
  }
}
