package io.github.conflictguard.servlet.cluster;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What clients were told about their writes, to be compared with what the database contains. */
final class History {

  /** The value of each record before the first write. */
  static final String START = "start";

  private final Queue<String> done = new ConcurrentLinkedQueue<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final Queue<String> unknown = new ConcurrentLinkedQueue<>();

  /** Records the response to a write; a status of 0 stands for no response. */
  void add(String value, int status) {
    (status == 204 ? done : status == 409 || status == 412 ? refused : unknown).add(value);
  }

  int countDone() {
    return done.size();
  }

  int countRefused() {
    return refused.size();
  }

  int countUnknown() {
    return unknown.size();
  }

  /**
   * Compares the responses with the database.
   *
   * @return what is wrong; empty if each acknowledged write follows the value that it was based on,
   *     and is followed by at most one other
   */
  List<String> faults(Connection connection, int records) throws SQLException {
    List<String> faults = new ArrayList<>();
    Set<String> stored = new HashSet<>();
    for (int id = 0; id < records; id++) {
      Map<String, String> next = new HashMap<>();
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("select base, content from link where id = " + id)) {
        while (rows.next()) {
          String value = rows.getString(2);
          if (!stored.add(value)) {
            faults.add(value + " was stored twice");
          }
          String other = next.put(rows.getString(1), value);
          if (other != null) {
            faults.add(other + " was lost: " + value + " has the same base");
          }
        }
      }
      int length = 0;
      String last = START;
      for (String value = next.get(START); value != null; value = next.get(value)) {
        last = value;
        length++;
      }
      if (length != next.size()) {
        faults.add("record " + id + " has " + next.size() + " writes, " + length + " in a row");
      }
      if (!last.equals(contentOf(connection, id))) {
        faults.add("record " + id + " does not contain its last write " + last);
      }
    }
    for (String value : done) {
      if (!stored.contains(value)) {
        faults.add(value + " was acknowledged and is not stored");
      }
    }
    for (String value : refused) {
      if (stored.contains(value)) {
        faults.add(value + " was refused and is stored");
      }
    }
    return faults;
  }

  private static String contentOf(Connection connection, int id) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select content from record where id = " + id)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
