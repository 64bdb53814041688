package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.match.Reference;
import io.github.conflictguard.servlet.match.Template;
import io.github.conflictguard.servlet.rule.RuleMatch;
import io.github.conflictguard.servlet.rule.TagSpec;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A source that runs one SELECT for each request. It sees the committed changes of other nodes and
 * batch jobs.
 */
final class QuerySource implements StateSource {

  private static final Logger LOG = Logger.getLogger(QuerySource.class.getName());

  private final TagSpec spec;
  private final List<Reference> references;
  private final String select;
  private final DataSourceReference dataSource;

  QuerySource(TagSpec spec, Template sql, DataSourceReference dataSource) {
    this.spec = spec;
    this.references = sql.references();
    this.select = sql.with("?");
    this.dataSource = dataSource;
  }

  @Override
  public SelectedRepresentation read(RuleMatch target) {
    try {
      DataSource found = dataSource.get();
      try (Connection connection = found.getConnection()) {
        return read(connection, target);
      }
    } catch (SQLException | RuntimeException e) {
      LOG.log(Level.WARNING, "The state of " + target.key() + " could not be queried", e);
      return SelectedRepresentation.unreadable();
    }
  }

  private SelectedRepresentation read(Connection connection, RuleMatch target) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      int usual = statement.getQueryTimeout();
      int position = 1;
      for (Reference reference : references) {
        String value = target.valueOf(reference);
        if (value == null) {
          return SelectedRepresentation.unreadable();
        }
        bind(statement, position++, value, reference);
      }
      limitTime(statement, spec.timeoutSeconds());
      try (ResultSet rows = statement.executeQuery()) {
        return RowState.of(rows, spec.version(), spec.lastModified(), target.key());
      } finally {
        // H2 keeps the timeout for the connection, which belongs to the application.
        limitTime(statement, usual);
      }
    } finally {
      end(connection);
    }
  }

  /**
   * Limits the query time. A state that is not available in time is unreadable: a conditional write
   * is refused.
   */
  private static void limitTime(PreparedStatement statement, int seconds) throws SQLException {
    try {
      statement.setQueryTimeout(seconds);
    } catch (SQLFeatureNotSupportedException e) {
      LOG.log(Level.FINE, "This driver limits no query", e);
    }
  }

  /** Binds a parameter. Some databases compare a number with a number only. */
  private static void bind(
      PreparedStatement statement, int position, String value, Reference reference)
      throws SQLException {
    BigDecimal number = reference.isNumber() ? numberOrNull(value) : null;
    if (number == null) {
      statement.setString(position, value);
    } else if (number.scale() == 0 && number.precision() <= 18) {
      statement.setLong(position, number.longValueExact());
    } else {
      statement.setBigDecimal(position, number);
    }
  }

  private static @Nullable BigDecimal numberOrNull(String value) {
    try {
      return new BigDecimal(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /**
   * Ends the transaction that a connection without auto-commit has begun: the pool must not keep
   * it.
   */
  private static void end(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
  }
}
