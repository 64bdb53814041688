package io.github.conflictguard.servlet.tag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.match.RequestView;
import io.github.conflictguard.servlet.rule.RuleFile;
import io.github.conflictguard.servlet.rule.Rules;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

/** What the application's database is asked, each call of which may be a way over the network. */
class QuerySourceTest {

  private static final String SELECT = "select version from item where id = ?";

  private final DataSource pool = mock(DataSource.class);
  private Connection database;
  private Connection connection;
  private PreparedStatement statement;

  @BeforeEach
  void open() throws SQLException {
    database = DriverManager.getConnection("jdbc:h2:mem:");
    try (Statement each = database.createStatement()) {
      each.execute("create table item (id int primary key, version int)");
      each.execute("insert into item values (17, 1)");
    }
    connection = mock(Connection.class, delegatesTo(database));
    doNothing().when(connection).close();
    prepare();
    when(pool.getConnection()).thenReturn(connection);
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  @Test
  void oneStatementIsSentAndNothingElse() throws Exception {
    assertFalse(read("17").isAbsent());

    InOrder calls = inOrder(connection, statement);
    calls.verify(connection).prepareStatement(SELECT);
    calls.verify(statement).getQueryTimeout();
    calls.verify(statement).setLong(1, 17);
    calls.verify(statement).setQueryTimeout(5);
    calls.verify(statement).executeQuery();
    calls.verify(statement).setQueryTimeout(0);
    calls.verify(statement).close();
    calls.verify(connection).getAutoCommit();
    calls.verify(connection).close();
    verifyNoMoreInteractions(connection, statement);
  }

  @Test
  void transactionThatTheStatementBeganIsEnded() throws Exception {
    database.setAutoCommit(false);

    assertTrue(read("18").isAbsent());

    InOrder calls = inOrder(connection);
    calls.verify(connection).prepareStatement(SELECT);
    calls.verify(connection).getAutoCommit();
    calls.verify(connection).rollback();
    calls.verify(connection).close();
    verifyNoMoreInteractions(connection);
  }

  @Test
  void queryThatTakesTooLongIsNoStateAndLeavesTheConnectionAsItWas() throws Exception {
    String endless =
        "select max(a.x * b.x) from system_range(1, 1000000) a, system_range(1, 1000000) b"
            + " where a.x + b.x > ?";
    assertTrue(
        read("17", endless.replace("?", "{id:number}") + "', 'timeoutSeconds': 1, 'version': 'x")
            .isUnreadable());
  }

  @Test
  void connectionThatCannotBeHadIsNoState() throws Exception {
    when(pool.getConnection()).thenThrow(new SQLException("pool is empty"));

    assertTrue(read("17").isUnreadable());
  }

  @Test
  void anotherVersionIsAnotherTag() throws Exception {
    SelectedRepresentation before = read("17");
    assertEquals(before.tag(), readAgain().tag());
    try (Statement each = database.createStatement()) {
      each.execute("update item set version = 2");
    }

    assertNotEquals(before.tag(), readAgain().tag());
  }

  private void prepare() throws SQLException {
    statement = mock(PreparedStatement.class, delegatesTo(database.prepareStatement(SELECT)));
    doReturn(statement).when(connection).prepareStatement(SELECT);
  }

  private SelectedRepresentation readAgain() throws Exception {
    prepare();
    return read("17");
  }

  private SelectedRepresentation read(String id) throws Exception {
    return read(id, "select version from item where id = {id:number}");
  }

  private SelectedRepresentation read(String id, String sql) throws Exception {
    String file =
        "{'rules': [{'name': 'items', 'read': '/items/{id:number}', 'key': 'items/{id}',"
            + " 'tag': {'source': 'query', 'dataSource': 'attribute:office',"
            + " 'sql': '"
            + sql
            + "'}}]}";
    Rules rules =
        RuleFile.read(
            new ByteArrayInputStream(file.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    ServletContext context = mock(ServletContext.class);
    when(context.getAttribute("office")).thenReturn(pool);
    HttpServletRequest request = mock(HttpServletRequest.class);
    when(request.getMethod()).thenReturn("GET");
    when(request.getServletPath()).thenReturn("/items/" + id);
    return new StateSources(rules, context, 1)
        .of(rules.all().get(0))
        .read(rules.targetOf(new RequestView(request)));
  }
}
