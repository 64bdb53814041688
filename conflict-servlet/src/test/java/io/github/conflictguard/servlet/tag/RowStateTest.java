package io.github.conflictguard.servlet.tag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.resource.ResourceKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowStateTest {

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:mem:");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void noRowIsNoResource() throws Exception {
    assertTrue(state("SELECT 1 AS v WHERE 1 = 0").isAbsent());
    assertFalse(state("SELECT 1 AS v").isAbsent());
  }

  @Test
  void theSameValuesMakeTheSameTag() throws Exception {
    assertEquals(tag("SELECT 1 AS v, 'x' AS w"), tag("SELECT 1 AS v, 'x' AS w"));
    assertNotEquals(tag("SELECT 1 AS v"), tag("SELECT 2 AS v"));
  }

  @Test
  void nullIsNoEmptyText() throws Exception {
    assertNotEquals(tag("SELECT CAST(NULL AS VARCHAR) AS v"), tag("SELECT '' AS v"));
    assertNotEquals(tag("SELECT CAST(NULL AS VARBINARY) AS v"), tag("SELECT X'' AS v"));
  }

  @Test
  void whereOneValueEndsCounts() throws Exception {
    assertNotEquals(tag("SELECT 'a' AS v, 'bc' AS w"), tag("SELECT 'ab' AS v, 'c' AS w"));
    assertNotEquals(tag("SELECT 'a' AS v, '' AS w"), tag("SELECT '' AS v, 'a' AS w"));
  }

  @Test
  void bytesCount() throws Exception {
    assertNotEquals(tag("SELECT X'00ff' AS v"), tag("SELECT X'00fe' AS v"));
  }

  @Test
  void everyRowCountsAndTheirOrderDoes() throws Exception {
    String one = tag("SELECT * FROM (VALUES 1)").opaque();
    String both = tag("SELECT * FROM (VALUES 1, 2) AS t(v) ORDER BY v").opaque();
    String turned = tag("SELECT * FROM (VALUES 1, 2) AS t(v) ORDER BY v DESC").opaque();
    assertNotEquals(one, both);
    assertNotEquals(both, turned);
  }

  @Test
  void onlyTheColumnsOfTheVersionCount() throws Exception {
    assertEquals(
        state("SELECT 1 AS v, 'x' AS w", List.of("v"), null).tag(),
        state("SELECT 1 AS v, 'y' AS w", List.of("v"), null).tag());
    assertThrows(SQLException.class, () -> state("SELECT 1 AS v", List.of("other"), null));
  }

  @Test
  void theSameVersionOfTwoResourcesHasTwoTags() throws Exception {
    assertNotEquals(tag("SELECT 1 AS v"), state("SELECT 1 AS v", "orders/2").tag());
  }

  @Test
  void theLatestDateOfAllRowsIsTheModificationDate() throws Exception {
    SelectedRepresentation state =
        state(
            "SELECT * FROM (VALUES (1, TIMESTAMP WITH TIME ZONE '2020-01-02 03:04:05Z'),"
                + " (2, TIMESTAMP WITH TIME ZONE '2021-01-02 03:04:05Z'),"
                + " (3, CAST(NULL AS TIMESTAMP WITH TIME ZONE))) AS t(v, changed)",
            List.of("v"),
            "changed");
    assertEquals(Instant.parse("2021-01-02T03:04:05Z"), state.lastModified());
    assertNull(state("SELECT 1 AS v").lastModified());
  }

  private EntityTag tag(String sql) throws SQLException {
    return state(sql).tag();
  }

  private SelectedRepresentation state(String sql) throws SQLException {
    return state(sql, List.of(), null);
  }

  private SelectedRepresentation state(String sql, String key) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return RowState.of(rows, List.of(), null, ResourceKey.of(key));
    }
  }

  private SelectedRepresentation state(String sql, List<String> version, String lastModified)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return RowState.of(rows, version, lastModified, ResourceKey.of("orders/1"));
    }
  }
}
